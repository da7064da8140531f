namespace Tms.EventStore.Lanes;

/// <summary>A unit waiting for its commit.</summary>
internal sealed class PendingUnit(AppendUnit unit, int bytes, long enqueued, CancellationToken cancel)
{
    private readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendUnit Unit => unit;

    public int Bytes => bytes;

    /// <summary>Timestamp of <see cref="TimeProvider.GetTimestamp"/> when it was handed in.</summary>
    public long Enqueued => enqueued;

    public Task<AppendResult> Answer => _answer.Task;

    /// <summary>Whether its caller has gone before the unit was tried.</summary>
    public bool Abandoned => cancel.IsCancellationRequested && _answer.TrySetCanceled(cancel);

    public void Settle(UnitAnswer answer)
    {
        if (answer.Result is { } result)
        {
            _answer.TrySetResult(result);
        }
        else
        {
            _answer.TrySetException(answer.Rejection!);
        }
    }

    public void Fail(Exception reason) => _answer.TrySetException(reason);
}
