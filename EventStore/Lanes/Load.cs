namespace Tms.EventStore.Lanes;

/// <summary>Units that wait, by number and bytes.</summary>
internal struct Load
{
    private long _bytes;

    public int Units { get; private set; }

    /// <summary>Whether one more fits; the first does, however large.</summary>
    public readonly bool HasRoom(PendingUnit pending, int units, long bytes) =>
        Units == 0 || (Units < units && _bytes + pending.Bytes <= bytes);

    /// <param name="pending">The unit that comes or goes.</param>
    /// <param name="sign">1 if it comes, -1 if it goes.</param>
    public void Add(PendingUnit pending, int sign)
    {
        Units += sign;
        _bytes += sign * (long)pending.Bytes;
    }
}
