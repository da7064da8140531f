using System.Runtime.CompilerServices;
using Tms.Grains.Abstractions.Realtime;

namespace Tms.Api.Realtime;

/// <summary>The feeds as grains, one per company.</summary>
internal sealed class OrleansCompanyFeeds(IGrainFactory grains) : ICompanyFeeds
{
    // Under this name the tenant filter of the silos finds the company that a call acts for.
    private const string TenantKey = "tms.tenant";

    // Orleans holds the object behind a reference weakly, and so does this: the node's owner keeps it alive.
    private readonly ConditionalWeakTable<INodeFeed, INodeFeed> _references = [];

    /// <inheritdoc />
    public async Task Register(Guid tenant, INodeFeed node) => await Feed(tenant).Register(Reference(node));

    /// <inheritdoc />
    public async Task Unregister(Guid tenant, INodeFeed node) => await Feed(tenant).Unregister(Reference(node));

    // Called from an async method only: the request context then ends with that method.
    private ICompanyFeedGrain Feed(Guid tenant)
    {
        var key = tenant.ToString("D");
        RequestContext.Set(TenantKey, key);
        return grains.GetGrain<ICompanyFeedGrain>(key);
    }

    private INodeFeed Reference(INodeFeed node) => _references.GetValue(node, grains.CreateObjectReference<INodeFeed>);
}
