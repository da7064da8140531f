using System.Diagnostics;
using Tms.Domain.Shared;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>Goes on with the trace of the request that caused an event, wherever the event is worked on later.</summary>
/// <remarks>The trace travels in the event's metadata, not with the delivery: one delivery carries the events of many requests.</remarks>
public static class EventTrace
{
    /// <summary>
    /// Starts a span in an event's trace; null when nobody listens (which costs nothing), or when the event has no trace.
    /// </summary>
    /// <param name="source">The part of TMS that works.</param>
    /// <param name="work">What it does: the span's name begins with it.</param>
    /// <param name="e">The event.</param>
    public static Activity? Continue(this ActivitySource source, string work, DeliveredEvent e)
    {
        if (!source.HasListeners()
            || !ActivityContext.TryParse(EventMetadata.Decode(e.Metadata.Span).TraceParent, null, isRemote: true, out var cause))
            return null;
        var span = source.StartActivity($"{work} {e.Type}", ActivityKind.Consumer, cause);
        span?.SetTag("tms.event.id", e.Id.ToString()).SetTag("tms.event.position", e.Sequence);
        return span;
    }
}
