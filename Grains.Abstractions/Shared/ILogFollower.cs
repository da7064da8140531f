using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>An aggregate whose stream also takes events that were decided by another aggregate.</summary>
[Alias("tms.log-follower")]
public interface ILogFollower : IGrainWithStringKey
{
    /// <summary>
    /// Says that the stream has so many events at least: an activation that knows fewer reads them before its next answer.
    /// </summary>
    /// <remarks>
    /// Never waits for the activation's turn and does no work: two aggregates that tell each other cannot lock each other.
    /// </remarks>
    [AlwaysInterleave, Alias("Moved")]
    Task Moved(int version);

    /// <summary>Ends the activation: what it remembers may tell of a person who is erased. The next call loads what is left.</summary>
    [AlwaysInterleave, Alias("Forget")]
    Task Forget();
}
