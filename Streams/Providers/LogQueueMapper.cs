using Orleans.Streams;
using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>One queue per partition of the log, spread evenly over the ring of silos.</summary>
internal sealed class LogQueueMapper : IConsistentRingStreamQueueMapper
{
    private const uint Step = uint.MaxValue / TenantId.Partitions;

    private readonly QueueId[] _queues;

    internal LogQueueMapper(string provider) =>
        _queues = [.. Enumerable.Range(0, TenantId.Partitions).Select(i => QueueId.GetQueueId(provider, (uint)i, ((uint)i * Step) + (Step / 2)))];

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => _queues.Where(q => range.InRange(q.GetUniformHashCode()));

    public QueueId GetQueueForStream(StreamId streamId) =>
        Guid.TryParseExact(streamId.GetKeyAsString(), "D", out var tenant)
            ? _queues[new TenantId(tenant).Partition]
            : throw new ArgumentException($"The stream {streamId} is no company's: its key is not a tenant's id.", nameof(streamId));
}
