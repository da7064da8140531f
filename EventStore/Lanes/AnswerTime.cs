namespace Tms.EventStore.Lanes;

/// <summary>
/// Bounds how long a session may take to answer: what hangs is broken off, and the next question has a session that does not.
/// </summary>
/// <remarks>One question at a time. Those that are answered in time share one timer and one token.</remarks>
internal sealed class AnswerTime : IAsyncDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private CancellationTokenSource _end;

    /// <param name="limit">Longest that an answer is waited for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends every question.</param>
    public AnswerTime(TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        (_limit, _stop, _end) = (limit, stop, CancellationTokenSource.CreateLinkedTokenSource(stop));
        _timer = time.CreateTimer(_ => _ = Volatile.Read(ref _end).CancelAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to wait for an answer.</summary>
    /// <returns>Ends when the answer is late.</returns>
    public CancellationToken Begin()
    {
        // The old one is not disposed: it may be breaking off a question at this moment.
        if (_end.IsCancellationRequested) Volatile.Write(ref _end, CancellationTokenSource.CreateLinkedTokenSource(_stop));
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        return _end.Token;
    }

    /// <summary>The answer is there, or will not come.</summary>
    public void End() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _end.Dispose();
    }
}
