using Orleans.Concurrency;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Realtime;

/// <summary>Forwards one company's events, in order, to the API nodes that have live connections of it. Key: the tenant's id.</summary>
/// <remarks>
/// Soft state: a node that is not heard of for <see cref="Lease"/> is forgotten. Nothing is kept, repeated or waited for:
/// nodes check the sequence and read what they miss from the log.
/// </remarks>
[Alias("tms.company-feed")]
public interface ICompanyFeedGrain : IGrainWithStringKey
{
    /// <summary>How long a registration holds; nodes renew it three times as often.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Registers a node, or renews its registration.</summary>
    [Alias("Register")]
    Task Register(INodeFeed node);

    /// <summary>Ends a node's registration.</summary>
    [Alias("Unregister")]
    Task Unregister(INodeFeed node);
}

/// <summary>An API node as the feed grains see it.</summary>
[Alias("tms.node-feed")]
public interface INodeFeed : IGrainObserver
{
    /// <summary>Some events of one company, in order of sequence. One way: the node's answer is never waited for.</summary>
    [OneWay, Alias("Deliver")]
    Task Deliver(DeliveredEvent[] events);
}
