using Orleans.Streams;

namespace Tms.Streams.Providers;

/// <summary>The log as Orleans sees it: queues that are only read. What is appended to the log is published by that.</summary>
internal sealed class LogAdapter(string name, Func<int, LogReceiver> receiver) : IQueueAdapter
{
    public string Name => name;

    /// <summary>
    /// False: with tokens of consumers older than the cache, Orleans' simple cache fails after it took the events, and skips them.
    /// </summary>
    /// <remarks>Nothing is lost by it: rewinding ends with the cache anyway, and consumers drop by sequence what they know.</remarks>
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => receiver((int)queueId.GetNumericId());

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("Nobody publishes to the log's streams: append to the event store.");
}
