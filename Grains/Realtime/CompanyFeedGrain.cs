using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;

namespace Tms.Grains.Realtime;

/// <summary>The one consumer of a company's delivery stream: passes events to API nodes and rings reactors, waiting for neither.</summary>
[GrainType("companyfeed"), PlacedByTenant, ImplicitStreamSubscription(CompanyStream.Namespace)]
internal sealed class CompanyFeedGrain(IEventReader reader, ReactorCatalog catalog, TimeProvider time, ILogger<CompanyFeedGrain> logger)
    : Grain, ICompanyFeedGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<DeliveredEvent>
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly NodeRegistrations _nodes = new(time);
    private readonly FeedCursor _cursor = new(reader, time, logger);
    private ReactorBells? _bells;
    private IGrainTimer? _quiet;
    private Guid _tenant;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tenant = Guid.ParseExact(this.GetPrimaryKeyString(), "D");
        _bells = new ReactorBells(_tenant, catalog, GrainFactory);
        _quiet = this.RegisterGrainTimer(RingAgain, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<DeliveredEvent>().ResumeAsync(this);

    /// <inheritdoc />
    public async Task OnNextAsync(IList<SequentialItem<DeliveredEvent>> items)
    {
        var events = await _cursor.Follow(_tenant, items.Select(item => item.Item));
        if (events.Length == 0) return;
        using var span = FeedTraces.Deliver(events, time);
        _nodes.Send(events);
        _bells!.Ring(events);
        _quiet!.Change(Quiet, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Register(INodeFeed node)
    {
        _nodes.Renew(node);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Unregister(INodeFeed node)
    {
        _nodes.Remove(node);
        return Task.CompletedTask;
    }

    private Task RingAgain(CancellationToken cancel)
    {
        _bells!.RingAgain();
        return Task.CompletedTask;
    }
}
