namespace Tms.Api.Realtime;

/// <summary>How far one connection has been served, and how the next event is found: in memory, else in the log.</summary>
internal sealed class LiveCursor(LiveServices live, CancellationToken aborted)
{
    private CompanyBridge? _bridge;
    private LogPage? _page;

    /// <summary>The last position that was served or passed over.</summary>
    public long Position { get; private set; }

    /// <summary>The company's last position known on this node; 0 without a company.</summary>
    public long Head => _bridge?.Head ?? 0;

    /// <summary>Whether there is a company to follow.</summary>
    public bool Follows => _bridge is not null;

    /// <summary>Whether there is a next event.</summary>
    public bool IsBehind => _bridge is not null && Position < _bridge.Head;

    /// <summary>Whether more is missing than a connection may lag.</summary>
    public bool IsFarBehind => Head - Position > live.Options.ResumeLimit;

    /// <summary>Follows a company; null: none.</summary>
    public void Follow(CompanyBridge? bridge) => _bridge = bridge;

    /// <summary>Ends when the head is where the log ends.</summary>
    public Task Sync() => _bridge is null ? Task.CompletedTask : _bridge.Sync().WaitAsync(aborted);

    /// <summary>Whether everything after a point can be served, in order and whole.</summary>
    public bool CanServe(ResumePoint point, LiveCaller caller) =>
        _bridge is not null && point.IsServable(caller, _bridge.History, _bridge.Head, live.Options.ResumeLimit);

    /// <summary>The <c>epoch</c> for a caller; null without a company.</summary>
    public string? EpochFor(LiveCaller caller) => _bridge is null ? null : LiveEpoch.Format(_bridge.History, caller.Role);

    /// <summary>Continues after a position.</summary>
    public void MoveTo(long position) => (Position, _page) = (position, null);

    /// <summary>The event after the position; there must be one.</summary>
    public ValueTask<LiveEvent> Next()
    {
        if (_bridge!.Find(Position + 1) is { } latest)
        {
            _page = null;
            return new(latest);
        }

        return _page?.Find(Position + 1) is { } older ? new(older) : NextOfLog();
    }

    /// <summary>The event was served or passed over.</summary>
    public void Pass(LiveEvent e) => Position = e.Sequence;

    /// <summary>Reports the position through <paramref name="progress"/>.</summary>
    public ValueTask Report(LiveProgress progress, LiveCaller caller) =>
        _bridge is null ? ValueTask.CompletedTask : progress.Report(_bridge, Position, caller);

    private async ValueTask<LiveEvent> NextOfLog()
    {
        _page = null;
        _page = await _bridge!.ReadPage(Position + 1).AsTask().WaitAsync(aborted);
        return _page.Find(Position + 1)!;
    }
}
