using System.Diagnostics;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Realtime;

/// <summary>
/// Source <c>Tms.Streams</c>: a span <c>deliver</c> for every event that reaches its company's feed, in the trace of its request.
/// </summary>
internal static class FeedTraces
{
    private static readonly ActivitySource Source = new("Tms.Streams");

    /// <summary>
    /// Notes the delivery of some events; the span of the last one is current, for the calls that follow, until it is disposed.
    /// </summary>
    internal static Activity? Deliver(DeliveredEvent[] events, TimeProvider time)
    {
        if (!Source.HasListeners()) return null;
        var now = time.GetUtcNow();
        for (var i = 0; i < events.Length - 1; i++) Start(events[i], now)?.Dispose();
        return Start(events[^1], now);
    }

    private static Activity? Start(DeliveredEvent e, DateTimeOffset now) =>
        Source.Continue("deliver", e)?.SetTag(
            "tms.delivery.ms", (now - DateTimeOffset.UnixEpoch).TotalMilliseconds - (e.TimeMicros / 1000d));
}
