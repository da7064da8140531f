namespace Tms.EventStore;

/// <summary>Reads the events of some types from a tenant's log, without touching the others.</summary>
public interface IReactorEvents
{
    /// <summary>Events of the given types, each from its own place on, in the order of the log.</summary>
    /// <param name="tenant">Whose log.</param>
    /// <param name="types">The types; an answer that does not go on (<see cref="EventPages.GoesOn"/>) means that none of them has more.</param>
    /// <param name="limit">At most this many, and at most <see cref="EventPages.Bytes"/> and one more.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<RecordedEvent>> Read(TenantId tenant, IReadOnlyCollection<TypeFrom> types, int limit, CancellationToken cancel = default);
}

/// <summary>A type of events, and the place after which they are read.</summary>
/// <param name="Type">Stable name.</param>
/// <param name="After">Exclusive; <see cref="CompanySequence.Start"/> reads from the beginning.</param>
/// <param name="Start">Exclusive; events at and before this position are left out too.</param>
public readonly record struct TypeFrom(string Type, CompanySequence After, GlobalPosition Start);
