using Npgsql;
using NpgsqlTypes;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>The first round trip of a batch: locks the partitions in ascending order, then reads what the planner must know.</summary>
/// <remarks>The lock is a statement of its own: under READ COMMITTED the statements after it see what its last holder committed.</remarks>
internal sealed class PostgresFactReader(InlineModels models)
{
    private readonly string[] _rows = [.. models.Projections.Select(p => PostgresSql.SelectRows(p.Table))];
    private readonly string[] _parts = [.. models.Parts.Select(p => PostgresSql.SelectRows(p.Table))];

    public async Task<BatchFacts> Lock(NpgsqlConnection session, IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        var facts = BatchFacts.For(models);
        await using var batch = new NpgsqlBatch(session);
        var readers = new List<Action<NpgsqlDataReader>>();
        Add(batch, readers, PostgresSql.Begin, null);
        Add(
            batch, readers, PostgresSql.Lock, static _ => { },
            PostgresSql.Partitions(units.SelectMany(u => u.Streams).Select(s => s.Tenant).Concat(units.Select(u => u.Tenant))));
        if (shortly) Add(batch, readers, PostgresSql.WaitShortly, null);
        AddHeads(batch, readers, units, facts);
        AddKeys(batch, readers, units, facts);
        AddReservations(batch, readers, units, facts);
        AddCounters(batch, readers, units, facts);
        AddRows(batch, readers, units, facts);
        await Read(batch, readers, cancel);
        if (facts.Overtaken(units) is { Count: > 0 } overtaken)
        {
            await ReadStored(session, facts, [.. overtaken], cancel);
        }

        return facts;
    }

    private static async Task Read(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var read in readers)
        {
            while (await reader.ReadAsync(cancel))
            {
                read(reader);
            }

            await reader.NextResultAsync(cancel);
        }
    }

    private void AddHeads(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, IReadOnlyList<AppendUnit> units, BatchFacts facts)
    {
        var streams = units.SelectMany(u => u.Streams).ToArray();
        var partitions = System.Array.ConvertAll(streams, s => (short)s.Tenant.Partition);
        Add(batch, readers, PostgresSql.Heads, r => Note(r, streams[(int)r.GetInt64(0) - 1], facts),
            [
                .. Names(streams), PostgresSql.Array(partitions, NpgsqlDbType.Smallint),
                new NpgsqlParameter<string> { TypedValue = models.Names }]);
    }

    private static void Note(NpgsqlDataReader reader, StreamAppend append, BatchFacts facts)
    {
        if (!reader.IsDBNull(1))
        {
            facts.Heads[append.Tenant] = new(append.Tenant, new(reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3));
        }

        if (!reader.IsDBNull(6))
        {
            facts.Differing[append.Tenant] = TenantModels.Parse(reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7));
        }

        if (!reader.IsDBNull(4))
        {
            facts.Versions[(append.Tenant, append.Stream)] = reader.GetInt32(4);
        }

        if (!reader.IsDBNull(5))
        {
            facts.PartitionHeads[append.Tenant.Partition] = new(reader.GetInt64(5));
        }
    }

    /// <summary>
    /// A stream is further than expected: a conflict, or the unit itself once more. Rare, and worth a round trip of its own.
    /// </summary>
    private static async Task ReadStored(NpgsqlConnection session, BatchFacts facts, StreamAppend[] overtaken, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session);
        Add(batch, [], PostgresSql.Stored, null, [.. Names(overtaken),
            PostgresSql.Array(System.Array.ConvertAll(overtaken, s => s.Expected.Value), NpgsqlDbType.Integer),
            PostgresSql.Array(System.Array.ConvertAll(overtaken, s => s.Last.Value), NpgsqlDbType.Integer)]);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var append = overtaken[(int)reader.GetInt64(0) - 1];
            facts.Note(new StoredEvent(
                append.Tenant, append.Stream, reader.GetInt32(1), reader.GetGuid(2), reader.GetInt64(3), reader.GetInt64(4)));
        }
    }

    private static NpgsqlParameter[] Names(StreamAppend[] streams) =>
    [
        PostgresSql.Array(System.Array.ConvertAll(streams, s => s.Tenant.Value), NpgsqlDbType.Uuid),
        PostgresSql.Array(System.Array.ConvertAll(streams, s => s.Stream.Type), NpgsqlDbType.Text),
        PostgresSql.Array(System.Array.ConvertAll(streams, s => s.Stream.Id), NpgsqlDbType.Uuid),
    ];

    private static void AddKeys(
        NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, IReadOnlyList<AppendUnit> units, BatchFacts facts)
    {
        var keyed = units.Where(u => u.Key is not null).ToArray();
        if (keyed.Length > 0)
        {
            Add(batch, readers, PostgresSql.Commands, r =>
                facts.Commands[(new TenantId(r.GetGuid(0)), Convert.ToHexString(r.GetFieldValue<byte[]>(1)))] =
                    new CommandRecord(r.GetFieldValue<byte[]>(2), new StreamName(r.GetString(3), r.GetGuid(4)), new(r.GetInt32(5))),
                PostgresSql.Array(System.Array.ConvertAll(keyed, u => u.Tenant.Value), NpgsqlDbType.Uuid),
                PostgresSql.Array(System.Array.ConvertAll(keyed, u => u.Key!.Hash), NpgsqlDbType.Bytea));
        }
    }

    private static void AddReservations(
        NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, IReadOnlyList<AppendUnit> units, BatchFacts facts)
    {
        var wanted = units.SelectMany(u => u.Reservations).ToArray();
        if (wanted.Length > 0)
        {
            Add(batch, readers, PostgresSql.Reservations, r =>
                facts.Reservations[(r.GetString(0), r.GetString(1))] =
                    new Reservation(r.GetString(0), r.GetString(1), new(r.GetGuid(2)), r.GetGuid(3)),
                PostgresSql.Array(System.Array.ConvertAll(wanted, w => w.Scope), NpgsqlDbType.Text),
                PostgresSql.Array(System.Array.ConvertAll(wanted, w => w.Value), NpgsqlDbType.Text));
        }
    }

    private static void AddCounters(
        NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, IReadOnlyList<AppendUnit> units, BatchFacts facts)
    {
        var drawn =
            units.SelectMany(u => u.Draw is { } draw ? draw.Series.Select(series => (u.Tenant, Series: series)) : []).Distinct().ToArray();
        if (drawn.Length > 0)
        {
            Add(batch, readers, PostgresSql.Counters, r => facts.Counters[(new(r.GetGuid(0)), r.GetString(1))] = r.GetInt64(2),
                PostgresSql.Array(System.Array.ConvertAll(drawn, d => d.Tenant.Value), NpgsqlDbType.Uuid),
                PostgresSql.Array(System.Array.ConvertAll(drawn, d => d.Series), NpgsqlDbType.Text));
        }
    }

    private void AddRows(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, IReadOnlyList<AppendUnit> units, BatchFacts facts)
    {
        // The first event of a stream has no row before it: creating asks nothing.
        var going = units.SelectMany(u => u.Streams).Where(s => s.Expected.Value > 0).DistinctBy(s => (s.Tenant, s.Stream)).ToArray();
        for (var i = 0; i < models.Projections.Count; i++)
        {
            var projection = models.Projections[i];
            var followed = projection.ReadsRow ? System.Array.FindAll(going, s => projection.Follows(s.Stream.Type)) : [];
            if (followed.Length > 0)
            {
                var rows = facts.Rows[i];
                Add(
                    batch, readers, _rows[i], r => rows[(new(r.GetGuid(0)), r.GetGuid(1))] = PostgresSql.ReadRow(r, projection.Table),
                    Keys(followed));
            }
        }

        for (var i = 0; i < models.Parts.Count; i++)
        {
            var parts = models.Parts[i];
            var followed = parts.ReadsRows ? System.Array.FindAll(going, s => s.Stream.Type == parts.StreamType) : [];
            if (followed.Length > 0)
            {
                var rows = facts.Parts[i];
                Add(batch, readers, _parts[i], r => rows.Put([PostgresSql.ReadRow(r, parts.Table)]), Keys(followed));
            }
        }
    }

    private static NpgsqlParameter[] Keys(StreamAppend[] streams) =>
    [
        PostgresSql.Array(System.Array.ConvertAll(streams, s => s.Tenant.Value), NpgsqlDbType.Uuid),
        PostgresSql.Array(System.Array.ConvertAll(streams, s => s.Stream.Id), NpgsqlDbType.Uuid),
    ];

    /// <summary>Adds a statement; one that answers no rows has no reader, and no place among the results.</summary>
    private static void Add(
        NpgsqlBatch batch, List<Action<NpgsqlDataReader>> readers, string sql, Action<NpgsqlDataReader>? read,
        params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
        if (read is not null)
        {
            readers.Add(read);
        }
    }
}
