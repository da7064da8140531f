using Tms.Grains.Abstractions.Realtime;

namespace Tms.Api.Realtime;

/// <summary>The companies' feeds, which forward events to the nodes that are registered.</summary>
internal interface ICompanyFeeds
{
    /// <summary>
    /// Registers this node for a company, or renews the registration; it holds for <see cref="ICompanyFeedGrain.Lease"/>.
    /// </summary>
    Task Register(Guid tenant, INodeFeed node);

    /// <summary>Ends the registration.</summary>
    Task Unregister(Guid tenant, INodeFeed node);
}
