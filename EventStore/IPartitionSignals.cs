namespace Tms.EventStore;

/// <summary>Wakes readers of the log when something was committed, by this process or by another.</summary>
public interface IPartitionSignals
{
    /// <summary>Waits until a partition is known to have events after a position.</summary>
    /// <returns>True at once or as soon as it has; false when the time is up or the wait was cancelled. Never throws for either.</returns>
    ValueTask<bool> WaitBeyond(int partition, GlobalPosition known, TimeSpan timeout, CancellationToken cancel);

    /// <summary>The highest position of a partition that this process has heard of.</summary>
    GlobalPosition Head(int partition);

    /// <summary>Says that a partition reaches at least to a position.</summary>
    void Advance(int partition, GlobalPosition head);
}
