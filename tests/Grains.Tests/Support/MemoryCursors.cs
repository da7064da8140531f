using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.Grains.Tests.Support;

internal sealed class MemoryCursors : IReactorCursors
{
    private readonly ConcurrentDictionary<(string, TenantId), CompanySequence> _cursors = new();
    private readonly ConcurrentDictionary<string, ReactorSet> _sets = new();
    private readonly ConcurrentDictionary<DeadLetterKey, (DeadLetter Letter, bool Retry)> _letters = new();

    public Counted Letters { get; } = new();

    public Counted Removed { get; } = new();

    public Counted Saves { get; } = new();

    public Counted Sweeps { get; } = new();

    /// <summary>While set, nothing can be written and no sweep is answered.</summary>
    public bool Down { get; set; }

    /// <summary>Where the furthest of a reactor's cursors stands.</summary>
    public CompanySequence Of(string reactor, TenantId tenant) =>
        new(_sets.Values.Where(s => s.Reactor == reactor).Select(s => At(s.Cursor, tenant).Value).DefaultIfEmpty(0).Max());

    private CompanySequence At(string cursor, TenantId tenant) => _cursors.GetValueOrDefault((cursor, tenant));

    public Task<CompanySequence> Load(string cursor, TenantId tenant, CancellationToken cancel = default) =>
        Task.FromResult(At(cursor, tenant));

    public Task Save(CursorMove move, CancellationToken cancel = default)
    {
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        foreach (var cursor in move.Cursors) _cursors[(cursor, move.Tenant)] = move.To.Sequence;
        Saves.Add();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ReactorSet>> Sets(string reactor, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<ReactorSet>>([.. _sets.Values.Where(s => s.Reactor == reactor)]);

    public Task Register(ReactorSet set, IReadOnlyDictionary<int, GlobalPosition> begins, CancellationToken cancel = default)
    {
        _sets.TryAdd(set.Cursor, set);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<TenantId>> Retrying(string reactor, int limit, CancellationToken cancel = default)
    {
        Sweeps.Add();
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        return Task.FromResult<IReadOnlyList<TenantId>>(
            [.. _letters.Values.Where(l => l.Retry && l.Letter.Key.Reactor == reactor).Select(l => l.Letter.Key.Tenant).Distinct()
                .Take(limit)]);
    }

    public Task AddDeadLetter(DeadLetter letter, CursorMove? move, CancellationToken cancel = default)
    {
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        _letters[letter.Key] = (letter, false);
        foreach (var cursor in move?.Cursors ?? [])
        {
            var key = (cursor, letter.Key.Tenant);
            _cursors[key] = new CompanySequence(Math.Max(_cursors.GetValueOrDefault(key).Value, letter.Key.Sequence.Value));
        }

        Letters.Add();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DeadLetter>> DeadLetters(
        TenantId? tenant, DeadLetterKey? after, int limit, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
            [.. _letters.Values.Select(l => l.Letter).Where(l => tenant is null || l.Key.Tenant == tenant).Take(limit)]);

    public Task<long> CountDeadLetters(TenantId? tenant, CancellationToken cancel = default) =>
        Task.FromResult(_letters.Values.LongCount(l => tenant is null || l.Letter.Key.Tenant == tenant));

    public Task<DeadLetter?> FindDeadLetter(Guid id, CancellationToken cancel = default) =>
        Task.FromResult(_letters.Values.Select(l => l.Letter).FirstOrDefault(l => l.Id == id));

    public Task<bool> RetryDeadLetter(DeadLetterKey key, CancellationToken cancel = default)
    {
        if (!_letters.TryGetValue(key, out var found)) return Task.FromResult(false);
        _letters[key] = (found.Letter, true);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<DeadLetter>> Retries(string reactor, TenantId tenant, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
            [.. _letters.Values.Where(l => l.Retry && l.Letter.Key.Reactor == reactor && l.Letter.Key.Tenant == tenant)
                .Select(l => l.Letter).OrderBy(l => l.Key.Sequence.Value)]);

    public Task<bool> RemoveDeadLetter(DeadLetterKey key, CancellationToken cancel = default)
    {
        var removed = _letters.TryRemove(key, out _);
        if (removed) Removed.Add();
        return Task.FromResult(removed);
    }
}
