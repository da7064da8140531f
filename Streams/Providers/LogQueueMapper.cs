using Orleans.Streams;
using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>One queue per partition of the log.</summary>
internal sealed class LogQueueMapper : IStreamQueueMapper
{
    private readonly QueueId[] _queues;

    internal LogQueueMapper(string provider) =>
        _queues = [.. Enumerable.Range(0, TenantId.Partitions).Select(i => QueueId.GetQueueId(provider, (uint)i, (uint)i))];

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public QueueId GetQueueForStream(StreamId streamId) =>
        Guid.TryParseExact(streamId.GetKeyAsString(), "D", out var tenant)
            ? _queues[new TenantId(tenant).Partition]
            : throw new ArgumentException($"The stream {streamId} is no company's: its key is not a tenant's id.", nameof(streamId));
}
