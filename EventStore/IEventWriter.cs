namespace Tms.EventStore;

/// <summary>The only way into the log.</summary>
public interface IEventWriter
{
    /// <summary>Adds all events of the unit or none, each stream's directly after its expected version.</summary>
    /// <remarks>
    /// Returns when the unit is committed, or known not to be. Units of many callers share a transaction;
    /// one that fails fails alone. Takes <see cref="EventStoreOptions.AppendTimeout"/> and some seconds at most, whatever hangs.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">No answer in time; the outcome is unknown.</exception>
    /// <exception cref="StoreBusyException">Too many appends are waiting.</exception>
    /// <exception cref="UnitRejectedException">The unit itself cannot be stored.</exception>
    Task<AppendResult> Append(AppendUnit unit, CancellationToken cancel = default);
}
