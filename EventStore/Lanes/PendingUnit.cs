using System.Diagnostics;

namespace Tms.EventStore.Lanes;

/// <summary>A unit waiting for its commit.</summary>
internal sealed class PendingUnit(AppendUnit unit, int bytes, long enqueued, Activity? span, LaneLoad load, CancellationToken cancel)
{
    private readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public AppendUnit Unit => unit;

    /// <summary>Size by <see cref="UnitCheck.Check"/>.</summary>
    public int Bytes => bytes;

    /// <summary>Partitions that its commit locks.</summary>
    public IReadOnlyList<int> Partitions => PartitionsOf(unit);

    /// <summary>Timestamp of <see cref="TimeProvider.GetTimestamp"/> when it was handed in.</summary>
    public long Enqueued => enqueued;

    /// <summary>Its span in its caller's trace; null when nobody traces.</summary>
    public Activity? Span => span;

    public Task<AppendResult> Answer => _answer.Task;

    /// <summary>Whether it was stored just now. Any other answer says nothing of what is held: nothing was written.</summary>
    public bool IsWritten => Answer is { IsCompletedSuccessfully: true, Result: AppendResult.Appended { AlreadyThere: false } };

    /// <summary>Where it is among those that wait for what another session holds; the lane's <see cref="HeldUnits"/> says.</summary>
    public Aside Aside { get; set; }

    /// <summary>For which hold it is tried; null where it is not.</summary>
    public Hold? TriedFor { get; set; }

    /// <summary>Its neighbours among the units without an answer; the lane's <see cref="LaneLoad"/> has them.</summary>
    public (PendingUnit? Older, PendingUnit? Newer) Beside { get; set; }

    /// <summary>Whether its caller has gone, or was told to, before the unit was tried.</summary>
    public bool Abandoned
    {
        get
        {
            if (!cancel.IsCancellationRequested && !_answer.Task.IsCompleted) return false;
            End(null);
            _answer.TrySetCanceled(cancel);
            return true;
        }
    }

    public void Settle(UnitAnswer answer)
    {
        End(answer.Rejection);
        if (answer.Result is { } result)
        {
            _answer.TrySetResult(result);
        }
        else
        {
            _answer.TrySetException(answer.Rejection!);
        }
    }

    public void Fail(Exception reason)
    {
        End(reason);
        _answer.TrySetException(reason);
    }

    /// <summary>Tells the caller; the lane, which may be writing the unit at this moment, goes on with it.</summary>
    /// <returns>Whether there was no answer yet.</returns>
    public bool GiveUp(Exception reason) => _answer.TrySetException(reason);

    private void End(Exception? failure)
    {
        AppendTraces.End(span, failure);
        if (!Interlocked.Exchange(ref _ended, true)) load.Leave(this);
    }

    private static int[] PartitionsOf(AppendUnit unit)
    {
        var own = unit.Tenant.Partition;
        for (var i = 0; i < unit.Streams.Count; i++)
        {
            if (unit.Streams[i].Tenant.Partition is var other && other != own) return [own, other];
        }

        return [own];
    }
}

/// <summary>Whether a unit waits beside its lane.</summary>
internal enum Aside
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>In the queue of a hold.</summary>
    Waiting,

    /// <summary>Out of that queue, and tried by a session beside the lane's.</summary>
    Tried,
}
