namespace Tms.Api.Realtime;

/// <summary>Bytes of events that this node keeps for the connections of all companies together.</summary>
/// <param name="limit">How many there may be, about.</param>
internal sealed class LiveMemory(long limit)
{
    private long _used;

    /// <summary>How many there are.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Bytes by which companies that have been quiet for long are to give way, so that busy ones find room; 0: none.</summary>
    public long Wanted => Used > limit - (limit / 8) ? Used - (limit - (limit / 4)) : 0;

    /// <summary>Whether there is room for some more; at the same moment others may find the same.</summary>
    public bool HasRoomFor(long bytes) => Used + bytes <= limit;

    /// <summary>Counts bytes that are kept.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    /// <summary>Counts bytes that are kept no longer.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _used, -bytes);
}
