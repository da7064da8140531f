using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Streams.Providers;

/// <summary>Cuts what was read of a partition into batches, one per company.</summary>
internal static class LogBatches
{
    /// <summary>Takes as many events from the front as fit into <paramref name="max"/> batches.</summary>
    /// <returns>The batches, ordered by their first events, and how many events are in them.</returns>
    internal static (List<IBatchContainer> Batches, int Taken) Cut(ReadOnlySpan<RecordedEvent> read, GlobalPosition before, int max)
    {
        var groups = new List<List<RecordedEvent>>();
        var byTenant = new Dictionary<TenantId, List<RecordedEvent>>();
        var taken = 0;
        for (; taken < read.Length; taken++)
        {
            if (!byTenant.TryGetValue(read[taken].Tenant, out var group))
            {
                if (groups.Count == max) break;
                byTenant[read[taken].Tenant] = group = [];
                groups.Add(group);
            }

            group.Add(read[taken]);
        }

        return (Wrap(groups, before, taken == 0 ? before : read[taken - 1].Position), taken);
    }

    // Companies overlap in a cut, so only its last batch may move the checkpoint, and then over the whole cut.
    private static List<IBatchContainer> Wrap(List<List<RecordedEvent>> groups, GlobalPosition before, GlobalPosition end)
    {
        var batches = new List<IBatchContainer>(groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            var token = new EventSequenceTokenV2(groups[i][0].Position.Value);
            batches.Add(new LogBatch([.. groups[i].Select(ToDelivered)], token, i == groups.Count - 1 ? end : before));
        }

        return batches;
    }

    private static DeliveredEvent ToDelivered(RecordedEvent e) => new(
        e.Tenant.Value, e.Sequence.Value, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type, e.SchemaVersion, e.TimeMicros, e.Data,
        e.Metadata);
}
