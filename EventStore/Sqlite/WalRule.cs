namespace Tms.EventStore.Sqlite;

/// <summary>
/// Says when the write-ahead log beside the file is to start anew. One look is a second after the other; owned by one loop.
/// </summary>
internal sealed class WalRule
{
    /// <summary>Bytes from which on the log is cut while it is written: SQLite's own checkpoints begin at 4 MB.</summary>
    public const long Large = 16 << 20;

    private const int LongestPause = 32;
    private long _before = -1;
    private int _pause = 1;
    private int _looks;

    /// <summary>Whether to cut a log of so many bytes now: it is large, or has rested since the last look.</summary>
    public bool IsDue(long bytes)
    {
        var rests = bytes == _before;
        _before = bytes;
        return bytes > 0 && (bytes >= Large || rests) && ++_looks >= _pause;
    }

    /// <summary>
    /// Notes how a cut went. If a reader was in the way, writers have waited for nothing: the next try comes later each time.
    /// </summary>
    public void Tried(bool isCut)
    {
        _looks = 0;
        _pause = isCut ? 1 : Math.Min(_pause * 2, LongestPause);
    }
}
