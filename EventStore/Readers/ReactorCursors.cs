using System.Data.Common;

namespace Tms.EventStore.Readers;

internal sealed class ReactorCursors(IDatabase database) : IReactorCursors
{
    private const string Columns = "reactor, tenant, sequence, event_id, event_type, attempts, error, time_us";

    private const string Key = "reactor = @reactor and tenant = @tenant and sequence = @sequence";

    private const string MoveCursor = """
        insert into reactor_cursors (reactor, tenant, sequence) values (@reactor, @tenant, @sequence)
        on conflict (reactor, tenant) do update set sequence = excluded.sequence where reactor_cursors.sequence < excluded.sequence
        """;

    private const string PutLetter = """
        insert into dead_letters (reactor, tenant, sequence, event_id, event_type, attempts, error, time_us, retry)
        values (@reactor, @tenant, @sequence, @event, @type, @attempts, @error, @time, @retry)
        on conflict (reactor, tenant, sequence) do update set attempts = excluded.attempts, error = excluded.error, time_us = excluded.time_us, retry = excluded.retry
        """;

    // What an event's type says is asked of one page only; each event is looked at once, as cursors without work are moved over it.
    private const string BehindPage = """
        select b.reactor, b.tenant, b.head, b.retry or exists (
          select 1 from events e where e.tenant = b.tenant and e.sequence > b.sequence and e.sequence <= b.head
          and e.type in (select w.type from wants w where w.reactor = b.reactor))
        from (
          select r.reactor, t.tenant, t.sequence as head, coalesce(c.sequence, 0) as sequence,
            exists (select 1 from dead_letters d where d.reactor = r.reactor and d.tenant = t.tenant and d.retry = @retry) as retry
          from tenants t cross join (select distinct reactor from wants) r
          left join reactor_cursors c on c.reactor = r.reactor and c.tenant = t.tenant) b
        where (b.sequence < b.head or b.retry)
        """;

    public async Task<CompanySequence> Load(string reactor, TenantId tenant, CancellationToken cancel) =>
        (await database.Query("select sequence from reactor_cursors where reactor = @reactor and tenant = @tenant",
            r => new CompanySequence(r.GetInt64(0)), cancel, ("reactor", reactor), ("tenant", tenant.Value))).FirstOrDefault();

    public Task Save(ReactorCursor cursor, CancellationToken cancel) =>
        database.Execute(MoveCursor, cancel, Names(new(cursor.Reactor, cursor.Tenant, cursor.Sequence)));

    public async Task SaveAll(IReadOnlyCollection<ReactorCursor> cursors, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var cursor in cursors.OrderBy(c => c.Reactor, StringComparer.Ordinal).ThenBy(c => c.Tenant.Value))
        {
            await connection.Execute(MoveCursor, transaction, cancel, Names(new(cursor.Reactor, cursor.Tenant, cursor.Sequence)));
        }

        await transaction.CommitAsync(cancel);
    }

    public async Task<IReadOnlyList<ReactorBehind>> Behind(
        IReadOnlyCollection<(string Reactor, string EventType)> wants, ReactorCursor? after, int limit, CancellationToken cancel)
    {
        List<(string, object?)> parameters = [("limit", limit), ("retry", true)];
        parameters.AddRange(wants.SelectMany((want, i) => new (string, object?)[] { ($"r{i}", want.Reactor), ($"t{i}", want.EventType) }));
        var values = string.Join(", ", Enumerable.Range(0, wants.Count).Select(i => $"(@r{i}, @t{i})"));
        var page = after is null ? "" : " and (b.tenant, b.reactor) > (@afterTenant, @afterReactor)";
        if (after is not null) parameters.AddRange([("afterTenant", after.Tenant.Value), ("afterReactor", after.Reactor)]);
        return await database.Query($"with wants (reactor, type) as (values {values}) {BehindPage}{page} order by b.tenant, b.reactor limit @limit",
            r => new ReactorBehind(new(r.GetString(0), new(r.GetGuid(1)), new(r.GetInt64(2))), r.GetBoolean(3)), cancel, [.. parameters]);
    }

    public async Task AddDeadLetter(DeadLetter letter, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var error = letter.Error.Length <= DeadLetter.MaxError ? letter.Error : letter.Error[..DeadLetter.MaxError];
        await connection.Execute(PutLetter, transaction, cancel,
            [.. Names(letter.Key), ("event", letter.EventId), ("type", letter.EventType), ("attempts", letter.Attempts), ("error", error), ("time", letter.TimeMicros), ("retry", false)]);
        await connection.Execute(MoveCursor, transaction, cancel, Names(letter.Key));
        await transaction.CommitAsync(cancel);
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

        return await database.Query($"select {Columns} from dead_letters where 1 = 1{mine}{page} order by reactor, tenant, sequence limit @limit", Letter, cancel, [.. parameters]);
    }

    public async Task<long> CountDeadLetters(TenantId? tenant, CancellationToken cancel) => tenant is { } mine
        ? (await database.Query("select count(*) from dead_letters where tenant = @tenant", r => r.GetInt64(0), cancel, ("tenant", mine.Value)))[0]
        : (await database.Query("select count(*) from dead_letters", r => r.GetInt64(0), cancel))[0];

    public async Task<DeadLetter?> FindDeadLetter(Guid id, CancellationToken cancel)
    {
        foreach (var reactor in await database.Query("select distinct reactor from dead_letters", r => r.GetString(0), cancel))
        {
            var found = await database.Query($"select {Columns} from dead_letters where reactor = @reactor and event_id = @event", Letter, cancel,
                ("reactor", reactor), ("event", DeadLetter.IdOf(id, reactor)));
            if (found is [var letter, ..]) return letter;
        }

        return null;
    }

    public async Task<bool> RetryDeadLetter(DeadLetterKey key, CancellationToken cancel) =>
        await database.Execute($"update dead_letters set retry = @retry where {Key}", cancel, [.. Names(key), ("retry", true)]) > 0;

    public async Task<IReadOnlyList<DeadLetter>> Retries(string reactor, TenantId tenant, CancellationToken cancel) =>
        await database.Query($"select {Columns} from dead_letters where reactor = @reactor and tenant = @tenant and retry = @retry order by sequence", Letter, cancel,
            ("reactor", reactor), ("tenant", tenant.Value), ("retry", true));

    public async Task<bool> RemoveDeadLetter(DeadLetterKey key, CancellationToken cancel) =>
        await database.Execute($"delete from dead_letters where {Key}", cancel, Names(key)) > 0;

    private static (string, object?)[] Names(DeadLetterKey key) => [("reactor", key.Reactor), ("tenant", key.Tenant.Value), ("sequence", key.Sequence.Value)];

    private static DeadLetter Letter(DbDataReader r) => new(
        new(r.GetString(0), new(r.GetGuid(1)), new(r.GetInt64(2))), r.GetGuid(3), r.GetString(4), r.GetInt32(5), r.GetString(6), r.GetInt64(7));
}
