using System.Collections.Concurrent;
using Tms.EventStore;
using Tms.EventStore.Readers;

namespace Tms.Api.Audit;

/// <summary>Walks over companies' hash chains: one for each company and node at a time, for a walk reads the whole log.</summary>
public sealed class LogWalks(ChainCheck check)
{
    private readonly ConcurrentDictionary<TenantId, bool> _underWay = [];

    /// <summary>How far a company's chain is sound; null where this node is walking over it for somebody else.</summary>
    /// <remarks>The walk ends when <paramref name="cancel"/> says so, at the next page: nobody waits for an answer any more.</remarks>
    public async Task<ChainState?> Walk(TenantId tenant, CancellationToken cancel)
    {
        if (!_underWay.TryAdd(tenant, true)) return null;
        try
        {
            return await check.Walk(tenant, cancel);
        }
        finally
        {
            _underWay.TryRemove(tenant, out _);
        }
    }
}
