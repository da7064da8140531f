using Npgsql;
using NpgsqlTypes;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Postgres;

/// <summary>Reads the log from PostgreSQL; every statement is a range of one index.</summary>
internal sealed class PostgresEventReader(PostgresConnections connections, PartitionTails tails) : IEventReader
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
            : Events(EventRow.OfPartition, cancel, (short)partition, after.Value, limit);

    public Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel) =>
        Guarded(connection => Load(connection, tenant, stream, snapshotSchema, cancel), cancel);

    private static async Task<LoadedStream> Load(
        NpgsqlConnection connection, TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel)
    {
        // One statement, for two of them see two moments: events between a snapshot and its successor would be in neither. The state comes
        // once.
        const string sql = $"""
            with s as materialized ({SnapshotSql.Nearest})
            select {EventRow.Columns}, snapshot, case when version is null or version = snapshot + 1 then state end
            from (select 1) one
            left join (select version as snapshot, state from s) s on true
            left join lateral (
              select * from events where stream_id = $2 and stream_type = $3 and tenant = $1 and version > coalesce(snapshot, 0)) e on true
            order by version
            """;
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, sql, tenant.Value, stream.Id, stream.Type, snapshotSchema, int.MaxValue);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await ReadLoaded(reader, tenant, stream, snapshotSchema, cancel);
    }

    private static async Task<LoadedStream> ReadLoaded(
        NpgsqlDataReader reader, TenantId tenant, StreamName stream, int schema, CancellationToken cancel)
    {
        var (snapshot, events) = ((Snapshot?)null, new List<RecordedEvent>());
        while (await reader.ReadAsync(cancel))
        {
            if (!reader.IsDBNull(EventRow.Count + 1))
            {
                snapshot =
                    new(tenant, stream, new(reader.GetInt32(EventRow.Count)), schema, reader.GetFieldValue<byte[]>(EventRow.Count + 1));
            }

            if (!reader.IsDBNull(0))
            {
                events.Add(EventRow.Read(reader));
            }
        }

        return new LoadedStream(snapshot, events);
    }

    public Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel) => First(
        SnapshotSql.Nearest, r => new Snapshot(tenant, stream, new(r.GetInt32(0)), snapshotSchema, r.GetFieldValue<byte[]>(1)), cancel,
        tenant.Value, stream.Id, stream.Type, snapshotSchema, upTo.Value);

    public async Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel)
    {
        var heads = new Dictionary<int, GlobalPosition>();
        const string sql =
            "select p, (select position from events where partition = p order by position desc limit 1) from generate_series(0, $1) as p";
        foreach (var (partition, position) in await All(
            sql, r => (r.GetInt32(0), r.IsDBNull(1) ? 0 : r.GetInt64(1)), cancel, TenantId.Partitions - 1))
        {
            if (position > 0)
            {
                heads[partition] = new(position);
            }
        }

        return heads;
    }

    public async Task<TenantHead> Head(TenantId tenant, CancellationToken cancel) =>
        await First("select sequence, hash, time_us from tenants where tenant = $1",
            r => new TenantHead(tenant, new(r.GetInt64(0)), r.GetFieldValue<byte[]>(1), r.GetInt64(2)), cancel, tenant.Value)
        ?? TenantHead.None(tenant);

    public async Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(IReadOnlyCollection<TenantId> tenants, CancellationToken cancel) =>
        TenantHead.Each(tenants, await All("select tenant, sequence, hash, time_us from tenants where tenant = any($1)",
            r => new TenantHead(new(r.GetGuid(0)), new(r.GetInt64(1)), r.GetFieldValue<byte[]>(2), r.GetInt64(3)), cancel,
            tenants.Select(tenant => tenant.Value).ToArray()));

    public Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel) => First(
        "select fingerprint, stream_type, stream_id, version from commands where tenant = $1 and key = $2",
        r => new CommandRecord(r.GetFieldValue<byte[]>(0), new StreamName(r.GetString(1), r.GetGuid(2)), new(r.GetInt32(3))), cancel,
        tenant.Value, keyHash);

    public async Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid eventId, CancellationToken cancel) =>
        await All(EventIdSql.LastOfIdOrOlder, r => (Version: r.GetInt32(0), Id: r.GetGuid(1)), cancel,
            stream.Id, stream.Type, tenant.Value, eventId, IdTime.Earliest(eventId)) is [var last] && last.Id == eventId
            ? new(last.Version)
            : null;

    public Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel) => First(
        "select tenant, owner from reservations where scope = $1 and value = $2",
        r => new Reservation(scope, value, new(r.GetGuid(0)), r.GetGuid(1)), cancel, scope, value);

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel) => First(
        "select value from secrets where tenant = $1 and subject = $2 and kind = $3", r => r.GetFieldValue<byte[]>(0), cancel, tenant.Value,
        subject, kind);

    public async Task<Guid> Epoch(CancellationToken cancel) =>
        Guid.Parse(
            await First("select value from store where name = $1", r => r.GetString(0), cancel, "epoch")
                ?? throw new InvalidOperationException("The store has no epoch: its schema was not applied."));

    private async Task<IReadOnlyList<RecordedEvent>> Events(string sql, CancellationToken cancel, params object[] parameters) =>
        await All(sql, EventRow.Read, cancel, parameters);

    private async Task<T?> First<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancel, params object[] parameters)
        where T : class => (await All(sql, map, cancel, parameters)).FirstOrDefault();

    private Task<List<T>> All<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancel, params object[] parameters) =>
        Guarded(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, sql, parameters);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await ReadAll(reader, map, cancel);
    }, cancel);

    /// <summary>Reads, and once more where the pool's connection had died of an old age or a restart of the server.</summary>
    private async Task<T> Guarded<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Whoever got no connection in time has waited long: that says nothing against those that others use.
            await using var connection = await Open(cancel);
            try
            {
                return await read(connection);
            }
            catch (NpgsqlException e) when (e.IsOfTheStore())
            {
                if (attempt == 2 || e.IsHeld()) throw e.Unavailable();

                connections.Queries.Clear();
            }
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        try
        {
            return await connections.Queries.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException e)
        {
            throw e.Unavailable();
        }
    }

    private static async Task<List<T>> ReadAll<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(Parameter(value));
        }

        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Parameter(object value) => value switch
    {
        Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
        Guid[] ids => new NpgsqlParameter<Guid[]> { TypedValue = ids },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        short number => new NpgsqlParameter<short> { TypedValue = number },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => new NpgsqlParameter<string> { TypedValue = (string)value, NpgsqlDbType = NpgsqlDbType.Text },
    };
}
