using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>
/// Looks after lanes from outside of them, every second: no append waits for a lane that hangs for longer than its limit.
/// </summary>
internal sealed class LaneWatch : IAsyncDisposable
{
    /// <summary>How much longer than <see cref="EventStoreOptions.AppendTimeout"/> an append waits: what a last try may take.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<WriterLane> _lanes;
    private readonly LaneParts _parts;
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;
    private int _stalled;

    public LaneWatch(IReadOnlyList<WriterLane> lanes, LaneParts parts)
    {
        (_lanes, _parts, _limit) = (lanes, parts, LimitOf(parts.Options));
        _timer = parts.Time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>How long an append waits for its answer at most.</summary>
    public static TimeSpan LimitOf(EventStoreOptions options) => options.AppendTimeout + Margin;

    /// <summary>How many lanes have had work for longer than the limit without settling a batch.</summary>
    public int Stalled => _lanes.Count(lane => lane.IsStalled(_limit));

    /// <summary>A sentence about lanes that hang; null where none does.</summary>
    public string? Trouble => Stalled is > 0 and var stalled
        ? $"{stalled} of {_lanes.Count} lanes of the event log settled no batch for {_limit.TotalSeconds:0} s."
        : null;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        try
        {
            foreach (var lane in _lanes)
            {
                foreach (var pending in lane.Overdue(_limit)) GiveUp(pending);
            }

            Tell(Stalled);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A timer's exception would end the process: the next look sees the same.
            _parts.Log.LogError(e, "The lanes of the event log could not be looked after");
        }
    }

    private void GiveUp(PendingUnit pending)
    {
        if (pending.GiveUp(new StoreUnavailableException("The event log gave no answer in time."))) _parts.Metrics.Refused("unavailable");
    }

    private void Tell(int stalled)
    {
        if (Interlocked.Exchange(ref _stalled, stalled) is var before && before == stalled) return;
        if (stalled > 0)
        {
            _parts.Log.LogError(
                "{Stalled} of {Lanes} lanes of the event log hang: no batch settled for {Limit}", stalled, _lanes.Count, _limit);
        }
        else
        {
            _parts.Log.LogInformation("The lanes of the event log settle batches again");
        }
    }
}
