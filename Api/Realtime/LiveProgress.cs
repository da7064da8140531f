namespace Tms.Api.Realtime;

/// <summary>The <c>progress</c> messages of one connection: at most one per interval, and always one after the last event.</summary>
internal sealed class LiveProgress(LiveOutbox outbox, LiveServices live)
{
    private long _reported;
    private long _reportedAt;
    private bool _hasReported;
    private volatile bool _owes;

    /// <summary>Whether a message that had to wait may go now. Any thread.</summary>
    public bool IsDue => _owes && MayReport;

    private bool MayReport => !_hasReported || live.Time.GetElapsedTime(Volatile.Read(ref _reportedAt)) >= live.Options.ProgressInterval;

    /// <summary>The client knows its position by another message.</summary>
    public void StartAt(long position) => (_reported, _owes) = (position, false);

    /// <summary>Reports where a cursor is, now or when it may.</summary>
    public ValueTask Report(LiveCursor cursor, LiveRights? rights)
    {
        var position = cursor.Position;
        _owes = position != _reported;
        if (!IsDue)
        {
            return ValueTask.CompletedTask;
        }

        Volatile.Write(ref _reportedAt, live.Time.GetTimestamp());
        (_reported, _hasReported, _owes) = (position, true, false);
        return outbox.Send(LiveMessage.Progress, new PositionMessage(position, cursor.EpochFor(rights)!));
    }
}
