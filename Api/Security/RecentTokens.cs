using System.Collections.Concurrent;

namespace Tms.Api.Security;

/// <summary>Tokens that were verified lately, at most twice the capacity: when the young half is full it becomes the old half, and the old one is forgotten.</summary>
internal sealed class RecentTokens(int capacity)
{
    private volatile ConcurrentDictionary<string, CallerPrincipal> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, CallerPrincipal> _old = new(StringComparer.Ordinal);
    private int _count;

    public CallerPrincipal? Find(string token)
    {
        if (_young.TryGetValue(token, out var principal)) return principal;
        if (!_old.TryGetValue(token, out principal)) return null;
        Add(token, principal);
        return principal;
    }

    /// <summary>Remembers a principal in the place of one that was remembered before.</summary>
    public void Set(string token, CallerPrincipal principal)
    {
        Add(token, principal);
        _young[token] = principal;
    }

    public void Add(string token, CallerPrincipal principal)
    {
        if (!_young.TryAdd(token, principal) || Interlocked.Increment(ref _count) < capacity) return;
        _old = _young;
        _young = new ConcurrentDictionary<string, CallerPrincipal>(StringComparer.Ordinal);
        Interlocked.Exchange(ref _count, 0);
    }
}
