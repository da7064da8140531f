using System.Data.Common;

namespace Tms.EventStore.Readers;

internal sealed class ReactorCursors(IDatabase database) : IReactorCursors
{
    private const string Columns = "reactor, tenant, sequence, event_id, event_type, attempts, error, time_us";

    private const string Key = "reactor = @reactor and tenant = @tenant and sequence = @sequence";

    private const string MoveCursor = """
        insert into reactor_cursors (reactor, tenant, sequence)
        select @reactor, tenant, sequence from events where tenant = @tenant and sequence = @sequence and substr(hash, 1, 8) = @mark
        on conflict (reactor, tenant) do update set sequence = excluded.sequence where reactor_cursors.sequence < excluded.sequence
        """;

    private const string PutLetter = """
        insert into dead_letters (reactor, tenant, sequence, event_id, event_type, attempts, error, time_us, retry)
        values (@reactor, @tenant, @sequence, @event, @type, @attempts, @error, @time, @retry)
        on conflict (reactor, tenant, sequence) do update set attempts = excluded.attempts, error = excluded.error, time_us =
          excluded.time_us, retry = excluded.retry
        """;

    private const string PutType = """
        insert into reactor_sets (cursor_name, reactor, type, version, start) values (@cursor, @reactor, @type, @version, @start)
        on conflict (cursor_name, type) do nothing
        """;

    public async Task<CompanySequence> Load(string cursor, TenantId tenant, CancellationToken cancel) =>
        (await database.Query("select sequence from reactor_cursors where reactor = @reactor and tenant = @tenant",
            r => new CompanySequence(r.GetInt64(0)), cancel, ("reactor", cursor), ("tenant", tenant.Value))).FirstOrDefault();

    public Task Save(CursorMove move, CancellationToken cancel) => move.Cursors is [var one]
        ? database.Execute(MoveCursor, cancel, Names(one, move))
        : database.InTransaction((connection, transaction) => Move(move, connection, transaction, cancel), cancel);

    public async Task<IReadOnlyList<ReactorSet>> Sets(string reactor, CancellationToken cancel)
    {
        var rows = await database.Query("select cursor_name, type, version, start from reactor_sets where reactor = @reactor",
            r => (Cursor: r.GetString(0), Type: r.GetString(1), Value: new ReactorType(r.GetInt32(2), new(r.GetInt64(3)))), cancel,
            ("reactor", reactor));
        return [.. rows.GroupBy(r => r.Cursor)
            .Select(set => new ReactorSet(reactor, set.Key, set.ToDictionary(r => r.Type, r => r.Value)))];
    }

    // Two silos that note one set at once: the key makes the second one wait, and what it reads then is the first one's.
    public Task Register(ReactorSet set, IReadOnlyDictionary<int, GlobalPosition> begins, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        var noted = 0;
        foreach (var (type, value) in set.Types.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            noted += await connection.Execute(PutType, transaction, cancel,
                ("cursor", set.Cursor), ("reactor", set.Reactor), ("type", type), ("version", value.Version), ("start", value.Start.Value));
        }

        if (noted > 0) await Checkpoints.Write(set.Cursor, begins, connection, transaction, cancel);
        return noted;
    }, cancel);

    // The wish is part of the text: an index holds nothing but the letters that have it.
    public async Task<IReadOnlyList<TenantId>> Retrying(string reactor, int limit, CancellationToken cancel) =>
        await database.Query("select distinct tenant from dead_letters where reactor = @reactor and retry limit @limit",
            r => new TenantId(r.GetGuid(0)), cancel, ("reactor", reactor), ("limit", limit));

    public Task AddDeadLetter(DeadLetter letter, CursorMove? move, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        var error = letter.Error.Length <= DeadLetter.MaxError ? letter.Error : letter.Error[..DeadLetter.MaxError];
        await connection.Execute(PutLetter, transaction, cancel,
            [
                .. Names(letter.Key), ("event", letter.EventId), ("type", letter.EventType), ("attempts", letter.Attempts),
                ("error", error), ("time", letter.TimeMicros), ("retry", false)]);
        return move is null ? 0 : await Move(move, connection, transaction, cancel);
    }, cancel);

    private static async Task<int> Move(CursorMove move, DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var moved = 0;
        foreach (var cursor in move.Cursors.Order(StringComparer.Ordinal))
            moved += await connection.Execute(MoveCursor, transaction, cancel, Names(cursor, move));
        return moved;
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadLetters(TenantId? tenant, DeadLetterKey? after, int limit, CancellationToken cancel)
    {
        var mine = tenant is null ? "" : " and tenant = @tenant";
        var page = after is null ? "" : " and (reactor, tenant, sequence) > (@afterReactor, @afterTenant, @afterSequence)";
        List<(string, object?)> parameters = [("limit", limit)];
        if (tenant is { } t)
        {
            parameters.Add(("tenant", t.Value));
        }

        if (after is { } a)
        {
            parameters.AddRange([("afterReactor", a.Reactor), ("afterTenant", a.Tenant.Value), ("afterSequence", a.Sequence.Value)]);
        }

        return await database.Query(
            $"select {Columns} from dead_letters where 1 = 1{mine}{page} order by reactor, tenant, sequence limit @limit", Letter, cancel,
            [.. parameters]);
    }

    public async Task<long> CountDeadLetters(TenantId? tenant, CancellationToken cancel) => tenant is { } mine
        ? (await database.Query(
            "select count(*) from dead_letters where tenant = @tenant", r => r.GetInt64(0), cancel, ("tenant", mine.Value)))[0]
        : (await database.Query("select count(*) from dead_letters", r => r.GetInt64(0), cancel))[0];

    public async Task<DeadLetter?> FindDeadLetter(Guid id, CancellationToken cancel)
    {
        foreach (var reactor in await database.Query("select distinct reactor from dead_letters", r => r.GetString(0), cancel))
        {
            var found = await database.Query(
                $"select {Columns} from dead_letters where reactor = @reactor and event_id = @event", Letter, cancel,
                ("reactor", reactor), ("event", DeadLetter.IdOf(id, reactor)));
            if (found is [var letter, ..]) return letter;
        }

        return null;
    }

    public async Task<bool> RetryDeadLetter(DeadLetterKey key, CancellationToken cancel) =>
        await database.Execute($"update dead_letters set retry = @retry where {Key}", cancel, [.. Names(key), ("retry", true)]) > 0;

    public async Task<IReadOnlyList<DeadLetter>> Retries(string reactor, TenantId tenant, CancellationToken cancel) =>
        await database.Query(
            $"select {Columns} from dead_letters where reactor = @reactor and tenant = @tenant and retry = @retry order by sequence",
            Letter, cancel,
            ("reactor", reactor), ("tenant", tenant.Value), ("retry", true));

    public async Task<bool> RemoveDeadLetter(DeadLetterKey key, CancellationToken cancel) =>
        await database.Execute($"delete from dead_letters where {Key}", cancel, Names(key)) > 0;

    private static (string, object?)[] Names(string cursor, CursorMove move) =>
        [("reactor", cursor), ("tenant", move.Tenant.Value), ("sequence", move.To.Sequence.Value), ("mark", move.To.MarkBytes)];

    private static (string, object?)[] Names(DeadLetterKey key) =>
        [("reactor", key.Reactor), ("tenant", key.Tenant.Value), ("sequence", key.Sequence.Value)];

    private static DeadLetter Letter(DbDataReader r) => new(
        new(r.GetString(0), new(r.GetGuid(1)), new(r.GetInt64(2))), r.GetGuid(3), r.GetString(4), r.GetInt32(5), r.GetString(6),
        r.GetInt64(7));
}
