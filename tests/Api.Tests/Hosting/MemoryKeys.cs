using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.Api.Tests.Hosting;

/// <summary>The shared keys of hosts that stand for nodes of one cluster.</summary>
internal sealed class MemoryKeys : IKeyStore
{
    private readonly ConcurrentQueue<StoredKey> _keys = [];
    private readonly Lock _adding = new();

    public Task<IReadOnlyList<StoredKey>> All(string purpose, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<StoredKey>>([.. _keys.Where(key => key.Purpose == purpose)]);

    public Task<bool> Add(StoredKey key, bool onlyFirst, CancellationToken cancel = default)
    {
        lock (_adding)
        {
            if (onlyFirst && _keys.Any(other => other.Purpose == key.Purpose)) return Task.FromResult(false);
            _keys.Enqueue(key);
            return Task.FromResult(true);
        }
    }

    public Task<bool> AddAfter(StoredKey key, string newest, CancellationToken cancel = default)
    {
        lock (_adding)
        {
            if (_keys.Last(other => other.Purpose == key.Purpose).Id != newest) return Task.FromResult(false);
            _keys.Enqueue(key);
            return Task.FromResult(true);
        }
    }

    public Task<DateTimeOffset?> Withdraw(string purpose, string id, DateTimeOffset at, CancellationToken cancel = default)
    {
        lock (_adding)
        {
            StoredKey[] keys =
                [.. _keys.Select(key => key.Purpose == purpose && key.Id == id ? key with { WithdrawnAt = key.WithdrawnAt ?? at } : key)];
            _keys.Clear();
            foreach (var key in keys) _keys.Enqueue(key);
            return Task.FromResult(keys.FirstOrDefault(key => key.Purpose == purpose && key.Id == id)?.WithdrawnAt);
        }
    }
}
