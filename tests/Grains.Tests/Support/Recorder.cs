using Orleans.Streams;
using Orleans.Streams.Core;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Tests.Support;

/// <summary>Everything that was delivered, in order of delivery.</summary>
internal sealed class Deliveries
{
    private readonly Lock _lock = new();
    private readonly List<DeliveredEvent[]> _batches = [];
    private readonly HashSet<(Guid, long)> _seen = [];

    /// <summary>How many different events were delivered.</summary>
    public Counted Distinct { get; } = new();

    public IReadOnlyList<DeliveredEvent[]> Batches
    {
        get
        {
            lock (_lock) return [.. _batches];
        }
    }

    public void Add(DeliveredEvent[] batch)
    {
        lock (_lock)
        {
            _batches.Add(batch);
            Distinct.Add(batch.Count(e => _seen.Add((e.Tenant, e.Sequence))));
        }
    }

    public long[] Sequences(TenantId tenant) =>
        [.. Batches.SelectMany(b => b).Where(e => e.Tenant == tenant.Value).Select(e => e.Sequence)];
}

[ImplicitStreamSubscription(CompanyStream.Namespace)]
internal sealed class RecorderGrain(
    Deliveries deliveries) : Grain, IGrainWithStringKey, IStreamSubscriptionObserver, IAsyncBatchObserver<DeliveredEvent>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<DeliveredEvent>().ResumeAsync(this);

    public Task OnNextAsync(IList<SequentialItem<DeliveredEvent>> items)
    {
        deliveries.Add([.. items.Select(i => i.Item)]);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
