using System.Diagnostics;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>
/// Source <c>Tms.Live</c>: on each node a span <c>bridge</c> for every event that reaches it, and in it a span <c>send</c> for the first
/// connection that gets it.
/// </summary>
internal static class LiveTraces
{
    private static readonly ActivitySource Source = new("Tms.Live");

    /// <summary>The span of an event's arrival on this node.</summary>
    public static Activity? Arrive(DeliveredEvent e) => Source.Continue("bridge", e);

    /// <summary>The span of sending an event to a first connection; null for all others, and where nobody traces.</summary>
    public static Activity? Send(LiveEvent e) =>
        e.Trace?.Take() is { } arrival ? Source.StartActivity("send", ActivityKind.Producer, arrival) : null;
}

/// <summary>The span in which an event is sent: taken once, so that an event of a thousand connections is not a thousand spans.</summary>
/// <param name="arrival">The span of its arrival.</param>
internal sealed class LiveTrace(ActivityContext arrival)
{
    private int _taken;

    /// <summary>The span for the first who asks; null for everybody else.</summary>
    public ActivityContext? Take() => Interlocked.Exchange(ref _taken, 1) == 0 ? arrival : null;
}
