using Npgsql;
using NpgsqlTypes;
using Tms.EventStore.Blobs;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>Writes a plan and commits: the second round trip of a batch, or the only one.</summary>
internal sealed class PostgresPlanWriter(InlineModels models)
{
    private readonly string[] _upserts = [.. models.Projections.Select(p => PostgresSql.UpsertRows(p.Table))];
    private readonly string[] _deletes = [.. models.Projections.Select(p => PostgresSql.DeleteRows(p.Table))];
    private readonly string[] _entries = [.. models.Entries.Select(PostgresSql.InsertEntries)];
    private readonly string[] _emptied = [.. models.Parts.Select(p => PostgresSql.DeleteRows(p.Table))];
    private readonly string[] _gone = [.. models.Parts.Select(p => PostgresSql.DeleteKeys(p.Table))];
    private readonly string[] _there = [.. models.Parts.Select(p => PostgresSql.InsertRows(p.Table))];
    private readonly string[] _tallies = [.. models.Tallies.Select(t => PostgresSql.AddTallies(t.Table))];

    /// <summary>Commits the transaction that holds the partitions' locks, and answers the position of each event.</summary>
    /// <param name="session">The session with the open transaction.</param>
    /// <param name="plan">What is written; nothing, if all that was asked for is there.</param>
    /// <param name="witness">
    /// Whether an earlier commit is answered for. Then something is committed after it: where commits wait for a standby, that standby has
    /// both.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    public async Task<List<GlobalPosition>> Commit(NpgsqlConnection session, BatchPlan plan, bool witness, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session);
        if (witness && plan.IsEmpty) Add(batch, PostgresSql.Witness);
        AddPlan(batch, plan, PostgresSql.InsertEvents, [], end: witness ? "commit" : "rollback");
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await Positions(reader, plan, cancel);
    }

    /// <summary>
    /// The whole transaction of a plan made without asking: locks, notes the partitions' heads, writes, confirms what was presumed and
    /// commits.
    /// </summary>
    /// <exception cref="PostgresException">
    /// 23505 or 22012 (<see cref="PostgresSql.Confirm"/>) when the plan does not fit what is stored; nothing is committed.
    /// </exception>
    public async Task<List<GlobalPosition>> LockAndCommit(
        NpgsqlConnection session, BatchPlan plan, BatchFacts facts, bool shortly, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session);
        Add(batch, PostgresSql.Begin);
        Add(batch, PostgresSql.Lock, PostgresSql.Partitions(plan.Heads.Keys));
        if (shortly) Add(batch, PostgresSql.WaitShortly);
        Add(batch, PostgresSql.PartitionHeads, PostgresSql.Partitions(plan.Heads.Keys));
        AddPlan(batch, plan, PostgresSql.InsertEventsFromMemory, facts.Presumed);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            facts.PartitionHeads[reader.GetInt32(0)] = new(reader.GetInt64(1));
        }

        await reader.NextResultAsync(cancel);
        return await Positions(reader, plan, cancel);
    }

    /// <summary>Writes a plan's read models in the open transaction.</summary>
    public async Task WriteModels(NpgsqlConnection session, BatchPlan plan, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session);
        AddModels(batch, plan);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<List<GlobalPosition>> Positions(NpgsqlDataReader reader, BatchPlan plan, CancellationToken cancel)
    {
        var positions = new List<GlobalPosition>(plan.Events.Count);
        while (await reader.ReadAsync(cancel))
        {
            positions.Add(new(reader.GetInt64(0)));
        }

        // The answers of all statements, the commit's among them, are in before anybody is told.
        while (await reader.NextResultAsync(cancel))
        {
        }

        return positions;
    }

    private void AddPlan(NpgsqlBatch batch, BatchPlan plan, string insert, List<StreamAppend> presumed, string end = "rollback")
    {
        if (!plan.IsEmpty)
        {
            AddEvents(batch, insert, plan);
            AddIfAny(batch, PostgresSql.Confirm, presumed, p => [
                Column(p, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(p, x => x.Stream.Type, NpgsqlDbType.Text),
                Column(p, x => x.Stream.Id, NpgsqlDbType.Uuid), Column(p, x => x.Expected.Value, NpgsqlDbType.Integer)]);
            AddAside(batch, plan);
            AddModels(batch, plan);
        }

        Add(batch, plan.IsEmpty ? end : "commit");
    }

    private void AddEvents(NpgsqlBatch batch, string insert, BatchPlan plan)
    {
        var (events, heads) = (plan.Events, plan.Heads.Values.ToList());
        Add(
            batch, insert,
            [
                .. EventColumns(events), .. HeadColumns(heads),
                Column(heads, h => plan.Marks.GetValueOrDefault(h.Tenant)?.Models ?? models.Names, NpgsqlDbType.Text),
            .. insert == PostgresSql.InsertEventsFromMemory ? Followed(heads, plan) : []]);
        AddIfAny(
            batch, PostgresSql.UpsertProjectionHeads,
            [.. plan.Marks.SelectMany(m => m.Value.Leaving, (m, model) => (Tenant: m.Key, Model: model.ToString(), m.Value.Head))], l => [
            Column(l, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(l, x => x.Model, NpgsqlDbType.Text),
            Column(l, x => x.Head, NpgsqlDbType.Bigint)]);
    }

    /// <summary>Of each tenant: the event that its first event of the batch follows.</summary>
    private static NpgsqlParameter[] Followed(List<TenantHead> heads, BatchPlan plan) =>
    [
        Column(heads, h => plan.Followed[h.Tenant].Sequence.Value, NpgsqlDbType.Bigint),
        Column(heads, h => plan.Followed[h.Tenant].Hash, NpgsqlDbType.Bytea),
    ];

    private static NpgsqlParameter[] EventColumns(List<RecordedEvent> events) =>
    [
        Column(events, e => e.Tenant.Value, NpgsqlDbType.Uuid),
        Column(events, e => e.Sequence.Value, NpgsqlDbType.Bigint),
        Column(events, e => (short)e.Tenant.Partition, NpgsqlDbType.Smallint),
        Column(events, e => e.Stream.Type, NpgsqlDbType.Text),
        Column(events, e => e.Stream.Id, NpgsqlDbType.Uuid),
        Column(events, e => e.Version.Value, NpgsqlDbType.Integer),
        Column(events, e => e.Id, NpgsqlDbType.Uuid),
        Column(events, e => e.Type, NpgsqlDbType.Text),
        Column(events, e => (short)e.SchemaVersion, NpgsqlDbType.Smallint),
        Column(events, e => e.TimeMicros, NpgsqlDbType.Bigint),
        Column(events, e => e.Data, NpgsqlDbType.Bytea),
        Column(events, e => e.Metadata, NpgsqlDbType.Bytea),
        Column(events, e => e.Hash, NpgsqlDbType.Bytea),
    ];

    private static NpgsqlParameter[] HeadColumns(List<TenantHead> heads) =>
    [
        Column(heads, h => h.Tenant.Value, NpgsqlDbType.Uuid),
        Column(heads, h => h.Sequence.Value, NpgsqlDbType.Bigint),
        Column(heads, h => h.Hash, NpgsqlDbType.Bytea),
        Column(heads, h => h.TimeMicros, NpgsqlDbType.Bigint),
    ];

    private static void AddAside(NpgsqlBatch batch, BatchPlan plan)
    {
        AddIfAny(batch, PostgresSql.InsertPersonEvents, plan.About, a => [
            Column(a, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(a, x => x.Person, NpgsqlDbType.Uuid),
            Column(a, x => x.Sequence, NpgsqlDbType.Bigint)]);
        AddIfAny(batch, PostgresSql.InsertCommands, plan.Commands, c => [
            Column(c, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(c, x => x.Key, NpgsqlDbType.Bytea),
            Column(c, x => x.Record.Fingerprint, NpgsqlDbType.Bytea),
            Column(c, x => x.Record.Stream.Type, NpgsqlDbType.Text), Column(c, x => x.Record.Stream.Id, NpgsqlDbType.Uuid),
            Column(c, x => x.Record.Version.Value, NpgsqlDbType.Integer)]);
        AddIfAny(batch, PostgresSql.DeleteReservations, plan.Releases, ReservationColumns);
        AddIfAny(batch, PostgresSql.InsertReservations, plan.Reservations, ReservationColumns);
        AddIfAny(batch, PostgresSql.UpsertCounters, [.. plan.Counters], c => [
            Column(c, x => x.Key.Tenant.Value, NpgsqlDbType.Uuid), Column(c, x => x.Key.Series, NpgsqlDbType.Text),
            Column(c, x => x.Value, NpgsqlDbType.Bigint)]);
        AddIfAny(batch, PostgresSql.UpsertSecrets, [.. plan.Secrets.Values.Where(s => s.Value is not null)], s => [
            Column(s, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(s, x => x.Subject, NpgsqlDbType.Uuid),
            Column(s, x => x.Kind, NpgsqlDbType.Text), Column(s, x => x.Value!, NpgsqlDbType.Bytea)]);
        AddIfAny(batch, PostgresSql.DeleteSecrets, [.. plan.Secrets.Values.Where(s => s.Value is null)], s => [
            Column(s, x => x.Tenant.Value, NpgsqlDbType.Uuid), Column(s, x => x.Subject, NpgsqlDbType.Uuid),
            Column(s, x => x.Kind, NpgsqlDbType.Text)]);
        AddIfAny(batch, PostgresSql.EndBlobUses, [.. plan.Blobs.Values.Where(b => b.Ends)], BlobUseColumns);
        AddIfAny(batch, PostgresSql.InsertBlobUses, [.. plan.Blobs.Values.Where(b => !b.Ends)], BlobUseColumns);
        AddIfAny(batch, PostgresSql.UpsertSnapshots, [.. plan.Snapshots.Values.Where(s => !s.Stays)], SnapshotColumns);
        AddIfAny(batch, PostgresSql.KeepSnapshots, [.. plan.Snapshots.Values.Where(s => s.Stays)], SnapshotColumns);
        AddIfAny(batch, PostgresSql.UpsertCursors, [.. plan.Cursors.Values], c => [
            Column(c, x => x.Reactor, NpgsqlDbType.Text), Column(c, x => x.Tenant.Value, NpgsqlDbType.Uuid),
            Column(c, x => x.Sequence.Value, NpgsqlDbType.Bigint)]);
    }

    private static NpgsqlParameter[] ReservationColumns(List<Reservation> reservations) =>
    [
        Column(reservations, r => r.Scope, NpgsqlDbType.Text),
        Column(reservations, r => r.Value, NpgsqlDbType.Text),
        Column(reservations, r => r.Tenant.Value, NpgsqlDbType.Uuid),
        Column(reservations, r => r.Owner, NpgsqlDbType.Uuid),
    ];

    private static NpgsqlParameter[] SnapshotColumns(List<Snapshot> snapshots) =>
    [
        Column(snapshots, s => s.Tenant.Value, NpgsqlDbType.Uuid),
        Column(snapshots, s => s.Stream.Type, NpgsqlDbType.Text),
        Column(snapshots, s => s.Stream.Id, NpgsqlDbType.Uuid),
        Column(snapshots, s => s.Version.Value, NpgsqlDbType.Integer),
        Column(snapshots, s => s.Schema, NpgsqlDbType.Integer),
        Column(snapshots, s => s.State, NpgsqlDbType.Bytea),
    ];

    private static NpgsqlParameter[] BlobUseColumns(List<BlobUse> uses) =>
    [
        Column(uses, u => u.Blob.Owner.Tenant.Value, NpgsqlDbType.Uuid),
        Column(uses, u => u.Blob.Owner.Person, NpgsqlDbType.Uuid),
        Column(uses, u => u.Blob.Hash.ToBytes(), NpgsqlDbType.Bytea),
        Column(uses, u => u.Stream.Type, NpgsqlDbType.Text),
        Column(uses, u => u.Stream.Id, NpgsqlDbType.Uuid),
    ];

    private void AddModels(NpgsqlBatch batch, BatchPlan plan)
    {
        for (var i = 0; i < _upserts.Length; i++)
        {
            var table = models.Projections[i].Table;
            AddIfAny(batch, _deletes[i], [.. plan.Removed[i]], Keys);
            AddIfAny(batch, _upserts[i], [.. plan.Rows[i].Values.OfType<object?[]>()], rows => Columns(rows, table));
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            var table = models.Entries[i].Table;
            AddIfAny(batch, _entries[i], plan.Entries[i], rows => Columns(rows, table));
        }

        // What goes does so first: a row may take the place of another.
        for (var i = 0; i < _there.Length; i++)
        {
            var (rows, table) = (plan.Parts[i], models.Parts[i].Table);
            AddIfAny(batch, _emptied[i], [.. rows.Emptied], Keys);
            AddIfAny(batch, _gone[i], [.. rows.Gone], keys => Columns(keys, table, table.KeyColumns));
            AddIfAny(batch, _there[i], [.. rows.There], there => Columns(there, table));
        }

        for (var i = 0; i < _tallies.Length; i++)
        {
            var table = models.Tallies[i].Table;
            AddIfAny(batch, _tallies[i], [.. plan.Tallies[i].All], rows => Columns(rows, table));
        }
    }

    private static NpgsqlParameter[] Keys(List<(TenantId Tenant, Guid Id)> keys) =>
        [Column(keys, k => k.Tenant.Value, NpgsqlDbType.Uuid), Column(keys, k => k.Id, NpgsqlDbType.Uuid)];

    private static NpgsqlParameter[] Columns(IReadOnlyList<object?[]> rows, ReadModelTable table, int? first = null) =>
        [.. table.Columns.Take(first ?? table.Columns.Count).Select((c, i) => PostgresSql.Column(rows, i, c.Type))];

    private static void AddIfAny<T>(NpgsqlBatch batch, string sql, List<T> items, Func<List<T>, NpgsqlParameter[]> parameters)
    {
        if (items.Count > 0)
        {
            Add(batch, sql, parameters(items));
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Column<TItem, TValue>(List<TItem> items, Func<TItem, TValue> value, NpgsqlDbType type)
    {
        var cells = new TValue[items.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = value(items[i]);
        }

        return PostgresSql.Array(cells, type);
    }
}
