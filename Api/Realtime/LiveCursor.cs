namespace Tms.Api.Realtime;

/// <summary>How far one connection has been served, and how the next event is found: in memory, else in the log.</summary>
internal sealed class LiveCursor(LiveServices live, CancellationToken aborted)
{
    private CompanyBridge? _bridge;
    private LogPage? _page;

    /// <summary>The last position that was served or passed over.</summary>
    public long Position { get; private set; }

    /// <summary>The first bytes of the log's hash at the position.</summary>
    public ulong Mark { get; private set; }

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

    /// <summary>Whether the log reaches from a point to its head, and not too far.</summary>
    public bool Reaches(ResumePoint point) => _bridge is not null && point.IsWithin(_bridge.Head, live.Options.ResumeLimit);

    /// <summary>
    /// Whether everything after a point can be served, in order and whole: the log must have the epoch's hash at the epoch's place.
    /// </summary>
    public async ValueTask<bool> CanServe(ResumePoint point, LiveRights? rights)
    {
        if (rights is null || !Reaches(point) || LiveEpoch.Parse(point.Epoch) is not { } epoch || !epoch.Covers(_bridge!.History, rights))
            return false;
        var place = epoch.Place.Sequence.Value;
        return place >= 0 && place <= Head && await MarkAt(place) == epoch.Place.Mark;
    }

    /// <summary>The <c>epoch</c> of the position for some rights; null without a company.</summary>
    public string? EpochFor(LiveRights? rights) =>
        _bridge is null || rights is null ? null : new LiveEpoch(_bridge.History, rights, new(new(Position), Mark)).ToString();

    /// <summary>Continues after a position.</summary>
    public async ValueTask MoveTo(long position) => (Position, Mark, _page) = (position, await MarkAt(position), null);

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
    public void Pass(LiveEvent e) => (Position, Mark) = (e.Sequence, e.Mark);

    private ValueTask<ulong> MarkAt(long position) => _bridge is null ? new(0UL) : _bridge.MarkAt(position, aborted);

    private async ValueTask<LiveEvent> NextOfLog()
    {
        _page = null;
        _page = await _bridge!.ReadPage(Position + 1).AsTask().WaitAsync(aborted);
        return _page.Find(Position + 1)!;
    }
}
