using System.Collections.Concurrent;

namespace Tms.Api.Security;

/// <summary>What was seen lately, at most twice the capacity.</summary>
/// <remarks>When the young half is full it becomes the old half, and the old one is forgotten.</remarks>
internal sealed class Recent<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private volatile ConcurrentDictionary<TKey, TValue> _young = [];
    private volatile ConcurrentDictionary<TKey, TValue> _old = [];
    private int _count;

    /// <summary>The value of a key; default where it was not seen lately.</summary>
    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var value)) return value;
        if (!_old.TryGetValue(key, out value)) return default;
        Add(key, value);
        return value;
    }

    /// <summary>Remembers a value in the place of one that was remembered before.</summary>
    public void Set(TKey key, TValue value)
    {
        Add(key, value);
        _young[key] = value;
    }

    /// <summary>Remembers a value, unless there is one.</summary>
    public void Add(TKey key, TValue value)
    {
        if (!_young.TryAdd(key, value) || Interlocked.Increment(ref _count) < capacity) return;
        _old = _young;
        _young = [];
        Interlocked.Exchange(ref _count, 0);
    }
}
