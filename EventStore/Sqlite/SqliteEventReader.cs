using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Sqlite;

/// <summary>Reads the log from SQLite. Microsoft.Data.Sqlite reads synchronously; a read is a few pages of a local file.</summary>
internal sealed class SqliteEventReader(SqliteConnections connections, PartitionTails tails) : IEventReader
{
    public Task<IReadOnlyList<RecordedEvent>> ReadStream(
        TenantId tenant, StreamName stream, StreamVersion after, int limit, CancellationToken cancel) => Events(
        EventRow.OfStream, cancel, stream.Id, after.Value, stream.Type, tenant.Value, limit);

    public async Task<StreamVersion> Version(TenantId tenant, StreamName stream, CancellationToken cancel) =>
        (await All("select version from events where stream_id = $1 and stream_type = $2 and tenant = $3 order by version desc limit 1",
            r => new StreamVersion(r.GetInt32(0)), cancel, stream.Id, stream.Type, tenant.Value)).FirstOrDefault(StreamVersion.Empty);

    public Task<IReadOnlyList<RecordedEvent>> ReadCompany(TenantId tenant, CompanySequence after, int limit, CancellationToken cancel) =>
        Events(
        EventRow.OfCompany, cancel, tenant.Value, after.Value, limit);

    public Task<IReadOnlyList<RecordedEvent>> ReadPartition(int partition, GlobalPosition after, int limit, CancellationToken cancel) =>
        tails.Read(partition, after, limit) is { } kept
            ? Task.FromResult(kept)
            : Events(EventRow.OfPartition, cancel, partition, after.Value, limit);

    public async Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel)
    {
        await using var connection = await connections.Open(cancel);
        using var transaction = connection.BeginTransaction(deferred: true);
        var snapshot = Snapshot(connection, tenant, stream, snapshotSchema, int.MaxValue);
        var events = connection.All(
            $"select {EventRow.Columns} from events where stream_id = $1 and version > $2 and stream_type = $3 and tenant = $4 order by "
                + $"version",
            EventRow.Read, stream.Id, snapshot?.Version.Value ?? 0, stream.Type, tenant.Value);
        return new LoadedStream(snapshot, events);
    }

    /// <summary>A probe for each partition: to group the events would read the whole index.</summary>
    internal static string EveryHead { get; } = $"""
        select p.value, (select max(position) from events where partition = p.value) as head
        from json_each('[{string.Join(',', Enumerable.Range(0, TenantId.Partitions))}]') p where head is not null
        """;

    public async Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel)
    {
        await using var connection = await connections.Open(cancel);
        return Snapshot(connection, tenant, stream, snapshotSchema, upTo.Value);
    }

    private static Snapshot? Snapshot(SqliteConnection connection, TenantId tenant, StreamName stream, int schema, int upTo) =>
        connection.All(
        SnapshotSql.Nearest, r => new Snapshot(tenant, stream, new(r.GetInt32(0)), schema, r.Bytes(1)), tenant.Value, stream.Id,
        stream.Type, schema, upTo).FirstOrDefault();

    public async Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel) =>
        (await All(EveryHead, r => (Partition: r.GetInt32(0), Position: new GlobalPosition(r.GetInt64(1))), cancel))
        .ToDictionary(h => h.Partition, h => h.Position);

    public async Task<TenantHead> Head(TenantId tenant, CancellationToken cancel) =>
        (await All(
            "select sequence, hash, time_us from tenants where tenant = $1",
            r => new TenantHead(tenant, new(r.GetInt64(0)), r.Bytes(1), r.GetInt64(2)), cancel, tenant.Value))
        .FirstOrDefault() ?? TenantHead.None(tenant);

    public async Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(IReadOnlyCollection<TenantId> tenants, CancellationToken cancel) =>
        TenantHead.Each(tenants, await All(
            "select tenant, sequence, hash, time_us from tenants where tenant in (select value from json_each($1))",
            r => new TenantHead(new(r.GetGuid(0)), new(r.GetInt64(1)), r.Bytes(2), r.GetInt64(3)), cancel,
            JsonSerializer.Serialize(tenants.Select(tenant => tenant.ToString().ToUpperInvariant()))));

    public async Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel) =>
        (await All("select fingerprint, stream_type, stream_id, version from commands where tenant = $1 and key = $2",
            r => new CommandRecord(r.Bytes(0), new StreamName(r.GetString(1), r.GetGuid(2)), new(r.GetInt32(3))), cancel, tenant.Value,
            keyHash)).FirstOrDefault();

    public async Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid eventId, CancellationToken cancel) =>
        await All(EventIdSql.LastOfIdOrOlder, r => (Version: r.GetInt32(0), Id: r.GetGuid(1)), cancel,
            stream.Id, stream.Type, tenant.Value, eventId, IdTime.Earliest(eventId)) is [var last] && last.Id == eventId
            ? new(last.Version)
            : null;

    public async Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel) =>
        (await All(
            "select tenant, owner from reservations where scope = $1 and value = $2",
            r => new Reservation(scope, value, new(r.GetGuid(0)), r.GetGuid(1)), cancel, scope, value)).FirstOrDefault();

    public async Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel) =>
        (await All(
            "select value from secrets where tenant = $1 and subject = $2 and kind = $3", r => r.Bytes(0), cancel, tenant.Value, subject,
            kind)).FirstOrDefault();

    public async Task<Guid> Epoch(CancellationToken cancel) =>
        (await All("select value from store where name = 'epoch'", r => Guid.Parse(r.GetString(0)), cancel))[0];

    private async Task<IReadOnlyList<RecordedEvent>> Events(string sql, CancellationToken cancel, params object?[] parameters) =>
        await All(sql, EventRow.Read, cancel, parameters);

    private async Task<List<T>> All<T>(string sql, Func<SqliteDataReader, T> map, CancellationToken cancel, params object?[] parameters)
    {
        await using var connection = await connections.Open(cancel);
        return connection.All(sql, map, parameters);
    }
}
