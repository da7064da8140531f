namespace Tms.Api.Realtime;

/// <summary>How many messages a client may still send: a bucket that refills evenly and can go into debt.</summary>
internal sealed class MessageBudget(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _each = TimeSpan.FromSeconds(1) / perSecond;
    private TimeSpan _left = TimeSpan.FromSeconds(1);
    private long _countedAt = time.GetTimestamp();

    /// <summary>Counts one message. Any thread.</summary>
    public Verdict Take()
    {
        lock (_gate) return Count();
    }

    private Verdict Count()
    {
        var now = time.GetTimestamp();
        var refilled = _left + time.GetElapsedTime(_countedAt, now);
        _left = (refilled > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : refilled) - _each;
        _countedAt = now;
        return _left >= TimeSpan.Zero ? Verdict.Accepted : _left > TimeSpan.FromSeconds(-1) ? Verdict.Refused : Verdict.Persistent;
    }

    /// <summary>What becomes of a message.</summary>
    public enum Verdict
    {
        /// <summary>It is served.</summary>
        Accepted,

        /// <summary>It is refused.</summary>
        Refused,

        /// <summary>A second's worth of messages was refused and they keep coming: the connection ends.</summary>
        Persistent,
    }
}
