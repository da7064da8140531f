using System.Diagnostics;

namespace Tms.EventStore.Lanes;

/// <summary>
/// Source <c>Tms.EventStore</c>: a span <c>append</c> in the trace of whoever appends, and a span <c>commit</c> of its own trace for the
/// transaction that many share.
/// </summary>
/// <remarks>Both link to each other. Nothing is made, nor allocated, while nobody listens.</remarks>
internal static class AppendTraces
{
    private static readonly ActivitySource Source = new("Tms.EventStore");

    /// <summary>A unit's span, from handing it in to its answer. The caller's own span stays the current one.</summary>
    public static Activity? Append(AppendUnit unit)
    {
        if (!Source.HasListeners()) return null;
        var caller = Activity.Current;
        var span = Source.StartActivity("append");
        Activity.Current = caller;
        span?.SetTag("tms.stream", unit.Streams[0].Stream.Type);
        return span;
    }

    /// <summary>The span of a transaction; null where no trace has a unit in it.</summary>
    public static Activity? Commit(IReadOnlyList<PendingUnit> batch)
    {
        if (!Source.HasListeners()) return null;
        var links = batch.Where(p => p.Span is { Recorded: true }).Select(p => new ActivityLink(p.Span!.Context)).ToArray();
        if (links.Length == 0) return null;
        Activity.Current = null;
        var span = Source.StartActivity("commit", ActivityKind.Client, default(ActivityContext), links: links);
        span?.SetTag("tms.batch.units", batch.Count);
        if (span is not null)
            foreach (var pending in batch) pending.Span?.AddLink(new ActivityLink(span.Context)).SetTag("tms.batch.units", batch.Count);
        return span;
    }

    /// <summary>Ends a unit's span on the lane, whose own span stays the current one.</summary>
    public static void End(Activity? span, Exception? failure = null)
    {
        if (span is null) return;
        var lanes = Activity.Current;
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error, failure.Message);
        span.Stop();
        Activity.Current = lanes;
    }
}
