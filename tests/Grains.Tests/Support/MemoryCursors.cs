using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.Grains.Tests.Support;

internal sealed class MemoryCursors(MemoryLog log) : IReactorCursors
{
    private readonly ConcurrentDictionary<(string, TenantId), CompanySequence> _cursors = new();
    private readonly ConcurrentDictionary<DeadLetterKey, (DeadLetter Letter, bool Retry)> _letters = new();

    public Counted Letters { get; } = new();

    public Counted Removed { get; } = new();

    public Counted Saves { get; } = new();

    public Counted Sweeps { get; } = new();

    /// <summary>While set, nothing can be written and no sweep is answered.</summary>
    public bool Down { get; set; }

    public CompanySequence Of(string reactor, TenantId tenant) => _cursors.GetValueOrDefault((reactor, tenant));

    public Task<CompanySequence> Load(string reactor, TenantId tenant, CancellationToken cancel = default) => Task.FromResult(Of(reactor, tenant));

    public Task Save(ReactorCursor cursor, CancellationToken cancel = default)
    {
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        _cursors[(cursor.Reactor, cursor.Tenant)] = cursor.Sequence;
        Saves.Add();
        return Task.CompletedTask;
    }

    public async Task SaveAll(IReadOnlyCollection<ReactorCursor> cursors, CancellationToken cancel = default)
    {
        foreach (var cursor in cursors) await Save(cursor, cancel);
    }

    public Task<IReadOnlyList<ReactorBehind>> Behind(
        IReadOnlyCollection<(string Reactor, string EventType)> wants, ReactorCursor? after, int limit, CancellationToken cancel = default)
    {
        Sweeps.Add();
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        var heads = wants.Select(w => w.Reactor).Distinct().SelectMany(reactor => log.Heads(), (reactor, head) => new ReactorCursor(reactor, head.Tenant, head.Sequence));
        return Task.FromResult<IReadOnlyList<ReactorBehind>>([.. heads.Where(h => h.Sequence.Value > Of(h.Reactor, h.Tenant).Value).Select(h => new ReactorBehind(h, true))]);
    }

    public Task AddDeadLetter(DeadLetter letter, CancellationToken cancel = default)
    {
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        _letters[letter.Key] = (letter, false);
        var key = (letter.Key.Reactor, letter.Key.Tenant);
        _cursors[key] = new CompanySequence(Math.Max(_cursors.GetValueOrDefault(key).Value, letter.Key.Sequence.Value));
        Letters.Add();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DeadLetter>> DeadLetters(TenantId? tenant, DeadLetterKey? after, int limit, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. _letters.Values.Select(l => l.Letter).Where(l => tenant is null || l.Key.Tenant == tenant).Take(limit)]);

    public Task<long> CountDeadLetters(TenantId? tenant, CancellationToken cancel = default) => Task.FromResult(_letters.Values.LongCount(l => tenant is null || l.Letter.Key.Tenant == tenant));

    public Task<DeadLetter?> FindDeadLetter(Guid id, CancellationToken cancel = default) => Task.FromResult(_letters.Values.Select(l => l.Letter).FirstOrDefault(l => l.Id == id));

    public Task<bool> RetryDeadLetter(DeadLetterKey key, CancellationToken cancel = default)
    {
        if (!_letters.TryGetValue(key, out var found)) return Task.FromResult(false);
        _letters[key] = (found.Letter, true);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<DeadLetter>> Retries(string reactor, TenantId tenant, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(
            [.. _letters.Values.Where(l => l.Retry && l.Letter.Key.Reactor == reactor && l.Letter.Key.Tenant == tenant).Select(l => l.Letter)]);

    public Task<bool> RemoveDeadLetter(DeadLetterKey key, CancellationToken cancel = default)
    {
        var removed = _letters.TryRemove(key, out _);
        if (removed) Removed.Add();
        return Task.FromResult(removed);
    }
}
