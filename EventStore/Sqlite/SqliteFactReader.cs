using Microsoft.Data.Sqlite;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Sqlite;

/// <summary>Reads, inside the write transaction, everything that the planner must know of a batch.</summary>
internal sealed class SqliteFactReader(SqliteConnection session, InlineModels models)
{
    private readonly BatchFacts _facts = BatchFacts.For(models);
    private readonly HashSet<(TenantId Tenant, StreamName Stream)> _read = [];

    public BatchFacts Read(IReadOnlyList<AppendUnit> units)
    {
        foreach (var unit in units)
        {
            foreach (var append in unit.Streams)
            {
                ReadHead(append.Tenant);
                ReadPartition(append.Tenant.Partition);
                ReadStream(append);
                ReadRows(append);
            }

            ReadAside(unit);
        }

        return _facts;
    }

    private void ReadHead(TenantId tenant)
    {
        if (!_facts.Heads.ContainsKey(tenant))
        {
            session.All("select sequence, hash, time_us from tenants where tenant = $1",
                r => _facts.Heads[tenant] = new TenantHead(tenant, new(r.GetInt64(0)), r.Bytes(1), r.GetInt64(2)), tenant.Value);
            session.All($"{SqliteCoverSession.Stored} and models <> $2",
                r => _facts.Differing[tenant] = SqliteCoverSession.Models(r), tenant.Value, models.Names);
        }
    }

    private void ReadPartition(int partition)
    {
        if (!_facts.PartitionHeads.ContainsKey(partition))
        {
            session.All("select position from events where partition = $1 order by position desc limit 1",
                r => _facts.PartitionHeads[partition] = new(r.GetInt64(0)), partition);
        }
    }

    private void ReadStream(StreamAppend append)
    {
        var (tenant, stream, expected) = (append.Tenant, append.Stream, append.Expected.Value);
        session.All("select version from events where stream_id = $1 and stream_type = $2 and tenant = $3 order by version desc limit 1",
            r => _facts.Versions[(tenant, stream)] = r.GetInt32(0), stream.Id, stream.Type, tenant.Value);
        if (_facts.Versions.GetValueOrDefault((tenant, stream)) > expected)
        {
            session.All(
                "select version, event_id, sequence, time_us from events where stream_id = $1 and version > $2 and version <= $3 and "
                    + "stream_type = $4 and tenant = $5",
                r => new StoredEvent(tenant, stream, r.GetInt32(0), r.GetGuid(1), r.GetInt64(2), r.GetInt64(3)), stream.Id, expected,
                append.Last.Value, stream.Type, tenant.Value)
                .ForEach(_facts.Note);
        }
    }

    private void ReadRows(StreamAppend append)
    {
        // Units that need one stream ask for its rows once.
        if (append.Expected.Value == 0 || !_read.Add((append.Tenant, append.Stream))) return;

        for (var i = 0; i < models.Projections.Count; i++)
        {
            var table = models.Projections[i].Table;
            if (models.Projections[i].Follows(append.Stream.Type))
            {
                var rows = _facts.Rows[i];
                session.All(
                    SqliteRow.Select(table), r => rows[(append.Tenant, append.Stream.Id)] = SqliteRow.Read(r, table), append.Tenant.Value,
                    append.Stream.Id);
            }
        }

        for (var i = 0; i < models.Parts.Count; i++)
        {
            var table = models.Parts[i].Table;
            if (models.Parts[i].ReadsRows && models.Parts[i].StreamType == append.Stream.Type)
            {
                _facts.Parts[i].Put(
                    session.All(SqliteRow.Select(table), r => SqliteRow.Read(r, table), append.Tenant.Value, append.Stream.Id));
            }
        }
    }

    private void ReadAside(AppendUnit unit)
    {
        if (unit.Key is { } key)
        {
            session.All("select fingerprint, stream_type, stream_id, version from commands where tenant = $1 and key = $2",
                r => _facts.Commands[(unit.Tenant, Convert.ToHexString(key.Hash))] =
                    new CommandRecord(r.Bytes(0), new(r.GetString(1), r.GetGuid(2)), new(r.GetInt32(3))),
                unit.Tenant.Value, key.Hash);
        }

        foreach (var wanted in unit.Reservations)
        {
            session.All("select tenant, owner from reservations where scope = $1 and value = $2",
                r => _facts.Reservations[(wanted.Scope, wanted.Value)] =
                    new Reservation(wanted.Scope, wanted.Value, new(r.GetGuid(0)), r.GetGuid(1)), wanted.Scope, wanted.Value);
        }

        foreach (var series in unit.Draw?.Series ?? [])
        {
            session.All("select value from counters where tenant = $1 and series = $2",
                r => _facts.Counters[(unit.Tenant, series)] = r.GetInt64(0), unit.Tenant.Value, series);
        }
    }
}
