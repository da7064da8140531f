namespace Tms.EventStore.Lanes;

/// <summary>
/// How many units a session is given at once: half as many after a batch that was not written within its time, more again while they pass.
/// </summary>
/// <remarks>
/// A batch that is too slow costs seconds, so the way back is by single units:
/// under load it is walked in a moment, and the size that was too large is seldom tried.
/// </remarks>
internal sealed class BatchSize(int most)
{
    private int _fewer;

    /// <summary>Most units of the next batch.</summary>
    public int Units => most - _fewer;

    /// <summary>Notes a batch that was not written within its time. One unit says nothing of the size.</summary>
    public void Slow(int units)
    {
        if (units > 1) _fewer = Math.Max(_fewer, most - (units / 2));
    }

    /// <summary>Notes a batch that was written.</summary>
    public void Passed(int units)
    {
        if (_fewer > 0 && units >= Units) _fewer--;
    }
}
