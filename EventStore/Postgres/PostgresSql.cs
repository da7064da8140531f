using Npgsql;
using NpgsqlTypes;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Postgres;

/// <summary>The statements of a batch. Each works on arrays, so that a batch of any size is the same few prepared statements.</summary>
internal static class PostgresSql
{
    private const string UpsertHeads = """
        with heads as (
          insert into tenants (tenant, sequence, hash, time_us, models) select * from unnest($14, $15, $16, $17, $18)
          on conflict (tenant) do update set sequence = excluded.sequence, hash = excluded.hash, time_us = excluded.time_us, models =
            excluded.models)
        """;

    // A tenant is written if its log ends with the very event that the plan follows ($19, $20), and the read models covered until now are
    // those it covers.
    private const string MoveHeads = """
        with moved as (
          update tenants t set sequence = h.sequence, hash = h.hash, time_us = h.time_us
          from unnest($14, $15, $16, $17, $18, $19, $20) as h(tenant, sequence, hash, time_us, models, followed, followed_hash)
          where t.tenant = h.tenant and t.sequence = h.followed and t.hash = h.followed_hash and t.models = h.models
          returning 1),
        all_moved as (select 1 / (case when (select count(*) from moved) = cardinality($14) then 1 else 0 end) as ok)
        """;

    private const string InsertLog = """

        insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us, data,
          metadata, hash)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        returning position
        """;

    // Reading all_moved is what makes the database check it.
    private const string InsertLogFromMemory = """

        insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us, data,
          metadata, hash)
        select e.* from all_moved cross join unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as e
        where all_moved.ok = 1
        returning position
        """;

    /// <summary>
    /// Begins a batch: its statements must see what was committed before the lock was theirs, whatever the server's default is.
    /// </summary>
    public const string Begin = "begin isolation level read committed";

    /// <summary>
    /// Bounds how long the batch waits for each lock of a table or row, in ms. It comes after the partitions' locks, which are waited for
    /// in line as ever.
    /// </summary>
    public const string WaitShortly = "set local lock_timeout = 100";

    /// <summary>Writes a few bytes into the WAL and answers no row: the commit after it waits for a standby as any other does.</summary>
    public const string Witness = "select 1 where pg_logical_emit_message(true, 'tms', '') is null";

    /// <summary>Takes the partitions' locks in the order of the array; answers rows without columns of interest.</summary>
    public const string Lock = "select pg_advisory_xact_lock(1414353713, p) from unnest($1) as p";

    /// <summary>The partitions' last positions: under their locks, what readers must have read before the batch.</summary>
    public const string PartitionHeads =
        "select p, e.position from unnest($1) as p cross join lateral (select position from events where partition = p order by position "
            + "desc limit 1) e";

    /// <summary>
    /// Of each stream: where its tenant's log ends, its version, and the last position of its partition, which readers must have read
    /// before the batch;
    /// and, where the tenant's last writer had other read models than $5, which those were and how far others are.
    /// </summary>
    public const string Heads = """
        select k.n, t.sequence, t.hash, t.time_us, s.version, p.position, nullif(t.models, $5),
          case when t.models <> $5 then (select string_agg(h.model || '=' || h.sequence, ' ') from projection_heads h where h.tenant =
            t.tenant) end
        from unnest($1, $2, $3, $4) with ordinality as k(tenant, type, id, partition, n)
        left join tenants t on t.tenant = k.tenant
        left join lateral (
          select version from events e where e.stream_id = k.id and e.stream_type = k.type and e.tenant = k.tenant order by e.version desc
            limit 1) s on true
        left join lateral (select position from events e where e.partition = k.partition order by e.position desc limit 1) p on true
        """;

    /// <summary>The events that stand where a unit would put its own.</summary>
    public const string Stored = """
        select k.n, e.version, e.event_id, e.sequence, e.time_us
        from unnest($1, $2, $3, $4, $5) with ordinality as k(tenant, type, id, expected, last, n) join events e
          on e.stream_id = k.id and e.stream_type = k.type and e.tenant = k.tenant and e.version > k.expected and e.version <= k.last
        """;

    public const string Commands = """
        select c.tenant, c.key, c.fingerprint, c.stream_type, c.stream_id, c.version
        from unnest($1, $2) as k(tenant, key) join commands c on c.tenant = k.tenant and c.key = k.key
        """;

    public const string Reservations = """
        select r.scope, r.value, r.tenant, r.owner
        from unnest($1, $2) as k(scope, value) join reservations r on r.scope = k.scope and r.value = k.value
        """;

    public const string Counters = """
        select c.tenant, c.series, c.value
        from unnest($1, $2) as k(tenant, series) join counters c on c.tenant = k.tenant and c.series = k.series
        """;

    /// <summary>Moves the tenants' heads on and answers the events' positions, in their order.</summary>
    public const string InsertEvents = $"{UpsertHeads}{InsertLog}";

    /// <summary>
    /// The same for a plan from memory: fails (22012, division by zero) where the memory is not what is stored, be it behind or ahead.
    /// </summary>
    public const string InsertEventsFromMemory = $"{MoveHeads}{InsertLogFromMemory}";

    public const string InsertPersonEvents = "insert into person_events (tenant, person, sequence) select * from unnest($1, $2, $3)";

    public const string UpsertProjectionHeads = """
        insert into projection_heads (tenant, model, sequence) select * from unnest($1, $2, $3)
        on conflict (tenant, model) do update set sequence = excluded.sequence
        """;

    /// <summary>Fails (22012, division by zero) when a stream lacks the version that an append follows.</summary>
    public const string Confirm = """
        select 1 / min(coalesce((
          select 1 from events e where e.stream_id = k.id and e.stream_type = k.type and e.tenant = k.tenant and e.version = k.version
            limit 1), 0))
        from unnest($1, $2, $3, $4) as k(tenant, type, id, version)
        """;

    public const string InsertCommands =
        "insert into commands (tenant, key, fingerprint, stream_type, stream_id, version) select * from unnest($1, $2, $3, $4, $5, $6)";

    public const string DeleteReservations = """
        delete from reservations r using unnest($1, $2, $3, $4) as k(scope, value, tenant, owner)
        where r.scope = k.scope and r.value = k.value and r.tenant = k.tenant and r.owner = k.owner
        """;

    public const string InsertReservations = "insert into reservations (scope, value, tenant, owner) select * from unnest($1, $2, $3, $4)";

    public const string UpsertCounters = """
        insert into counters (tenant, series, value) select * from unnest($1, $2, $3)
        on conflict (tenant, series) do update set value = excluded.value
        """;

    public const string UpsertSecrets = """
        insert into secrets (tenant, subject, kind, value) select * from unnest($1, $2, $3, $4)
        on conflict (tenant, subject, kind) do update set value = excluded.value
        """;

    public const string DeleteSecrets =
        "delete from secrets s using unnest($1, $2, $3) as k(tenant, subject, kind) where s.tenant = k.tenant and s.subject = k.subject "
            + "and s.kind = k.kind";

    /// <summary>
    /// Fails (23503) when a blob is not there. The reference locks the blob's row, so that whoever sweeps it waits for the commit.
    /// </summary>
    public const string InsertBlobUses = """
        insert into blob_uses (tenant, owner, hash, stream_type, stream_id) select * from unnest($1, $2, $3, $4, $5)
        on conflict do nothing
        """;

    /// <summary>Has the sweeper look soon; a look that is due later stays.</summary>
    public const string EndBlobUses = """
        with ended as (
          delete from blob_uses u using unnest($1, $2, $3, $4, $5) as k(tenant, owner, hash, type, id)
          where u.tenant = k.tenant and u.owner = k.owner and u.hash = k.hash and u.stream_type = k.type and u.stream_id = k.id
          returning u.tenant, u.owner, u.hash)
        update blobs b set look_us = coalesce(b.look_us, 0) from ended e where b.tenant = e.tenant and b.owner = e.owner and b.hash = e.hash
        """;

    public const string UpsertSnapshots = """
        insert into snapshots (tenant, stream_type, stream_id, version, schema, state) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (tenant, stream_id, stream_type) do update set version = excluded.version, schema = excluded.schema, state =
          excluded.state
        where snapshots.version < excluded.version
        """;

    /// <summary>
    /// Adds snapshots that stay; those of their streams that have an older shape go, and plain ones where they are sealed now (below 0).
    /// </summary>
    public const string KeepSnapshots = """
        with k as (select * from unnest($1, $2, $3, $4, $5, $6) as k(tenant, type, id, version, schema, state)),
        gone as (
          delete from kept_snapshots s using k where s.tenant = k.tenant and s.stream_id = k.id and s.stream_type = k.type
            and (abs(s.schema) < abs(k.schema) or (s.schema > 0 and k.schema < 0)))
        insert into kept_snapshots (tenant, stream_type, stream_id, version, schema, state) select * from k
        on conflict do nothing
        """;

    public const string UpsertCursors = """
        insert into reactor_cursors (reactor, tenant, sequence) select * from unnest($1, $2, $3)
        on conflict (reactor, tenant) do update set sequence = excluded.sequence where reactor_cursors.sequence < excluded.sequence
        """;

    public static string SelectRows(ReadModelTable table) =>
        $"select {Columns(table, "r.")} from unnest($1, $2) as k(tenant, id) join {table.Name} r on r.tenant = k.tenant and "
            + $"r.{table.Stream} = k.id";

    /// <summary>The rows of streams whose ids are above $2 and at most $3.</summary>
    public static string SelectRange(ReadModelTable table, IdRange ids)
    {
        var (after, to) = (ids.After is null ? "" : $" and {table.Stream} > $2", ids.To is null ? "" : $" and {table.Stream} <= $3");
        return $"select {Columns(table, "")} from {table.Name} where tenant = $1{after}{to}";
    }

    /// <summary>Removes the rows that have the keys of an array per column.</summary>
    public static string DeleteKeys(ReadModelTable table)
    {
        var key = table.Columns.Take(table.KeyColumns).Select(c => c.Name).ToList();
        return $"""
            delete from {table.Name} r using unnest({string.Join(", ", key.Select((_, i) => $"${i + 1}"))}) as k({string.Join(", ", key)})
            where {string.Join(" and ", key.Select(c => $"r.{c} = k.{c}"))}
            """;
    }

    public static string UpsertRows(ReadModelTable table) => $"{Insert(table)} {ConflictSql.Replaces(table)}";

    public static string InsertRows(ReadModelTable table) => Insert(table);

    public static string InsertEntries(IInlineEntries entries) =>
        entries.Repetition == Repetition.OneRow ? $"{Insert(entries.Table)} on conflict do nothing" : Insert(entries.Table);

    public static string AddTallies(ReadModelTable table) => $"{Insert(table)} {ConflictSql.Adds(table)}";

    public static string DeleteRows(ReadModelTable table) =>
        $"delete from {table.Name} r using unnest($1, $2) as k(tenant, id) where r.tenant = k.tenant and r.{table.Columns[1].Name} = k.id";

    /// <summary>The partitions of tenants, in the order in which they are locked.</summary>
    public static NpgsqlParameter Partitions(IEnumerable<TenantId> tenants)
    {
        var partitions = new SortedSet<int>();
        foreach (var tenant in tenants)
        {
            partitions.Add(tenant.Partition);
        }

        return Array<int>([.. partitions], NpgsqlDbType.Integer);
    }

    public static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType element) =>
        new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    public static object?[] ReadRow(NpgsqlDataReader reader, ReadModelTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null
                : table.Columns[i].Type == ColumnType.Date ? DateOnly.FromDayNumber(reader.GetInt32(i))
                : reader.GetValue(i);
        }

        return row;
    }

    /// <summary>One column of many rows.</summary>
    public static NpgsqlParameter Column(IReadOnlyList<object?[]> rows, int column, ColumnType type) => type switch
    {
        ColumnType.Uuid => Cells<Guid?>(rows, column, NpgsqlDbType.Uuid),
        ColumnType.Text => Cells<string?>(rows, column, NpgsqlDbType.Text),
        ColumnType.Int => Cells<int?>(rows, column, NpgsqlDbType.Integer),
        ColumnType.Long => Cells<long?>(rows, column, NpgsqlDbType.Bigint),
        ColumnType.Bool => Cells<bool?>(rows, column, NpgsqlDbType.Boolean),
        ColumnType.Date => Array([.. rows.Select(r => ((DateOnly?)r[column])?.DayNumber)], NpgsqlDbType.Integer),
        _ => Cells<byte[]?>(rows, column, NpgsqlDbType.Bytea),
    };

    private static NpgsqlParameter Cells<T>(IReadOnlyList<object?[]> rows, int column, NpgsqlDbType type)
    {
        var cells = new T[rows.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (T)rows[i][column]!;
        }

        return Array(cells, type);
    }

    private static string Insert(ReadModelTable table) =>
        $"insert into {table.Name} ({Columns(table, "")}) select * from "
            + $"unnest({string.Join(", ", table.Columns.Select((_, i) => $"${i + 1}"))})";

    private static string Columns(ReadModelTable table, string prefix) => string.Join(", ", table.Columns.Select(c => prefix + c.Name));
}
