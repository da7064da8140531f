using Tms.EventStore.Readers;

namespace Tms.EventStore.Lanes;

/// <summary>Tells readers of a batch that is on disk: keeps its events at hand and wakes whoever waits.</summary>
internal sealed class CommittedBatch(PartitionTails tails, IPartitionSignals signals)
{
    /// <summary>Called right after the commit, with the position of each event in the order of the plan.</summary>
    public void Tell(BatchPlan plan, BatchFacts facts, IReadOnlyList<GlobalPosition> positions)
    {
        // The events themselves are not kept: they hold in plain what the log holds sealed.
        var placed = plan.Events.Zip(positions, (e, position) => e with { Position = position, Value = null });
        foreach (var partition in placed.GroupBy(e => e.Tenant.Partition))
        {
            var events = partition.ToList();
            tails.Keep(partition.Key, facts.PartitionHeads.GetValueOrDefault(partition.Key), events);
            signals.Advance(partition.Key, events[^1].Position);
        }
    }
}
