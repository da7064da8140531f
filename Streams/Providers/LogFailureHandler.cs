using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Tms.Streams.Providers;

/// <summary>Logs and counts a batch that could not be delivered. Nothing is lost: the consumer sees the gap and reads the log.</summary>
internal sealed partial class LogFailureHandler(StreamMetrics metrics, ILogger<LogFailureHandler> logger) : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        metrics.Skipped();
        LogSkipped(streamIdentity, sequenceToken?.SequenceNumber);
        return Task.CompletedTask;
    }

    public Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogSubscription(streamIdentity, sequenceToken?.SequenceNumber);
        return Task.CompletedTask;
    }

    [LoggerMessage(
        LogLevel.Error,
        "Events of {Stream} from position {Position} were not delivered in time and are skipped; the consumer fills the gap from the log.")]
    private partial void LogSkipped(StreamId stream, long? position);

    [LoggerMessage(LogLevel.Warning, "The consumer of {Stream} could not be reached at position {Position}.")]
    private partial void LogSubscription(StreamId stream, long? position);
}
