namespace Tms.EventStore;

/// <summary>Reads the events of some types, without touching the others.</summary>
public interface IReactorEvents
{
    /// <summary>Events of the given types, each from its own place on, in the order of the log.</summary>
    /// <param name="tenant">Whose log.</param>
    /// <param name="types">
    /// The types; an answer that does not go on (<see cref="EventPages.GoesOn"/>) means that none of them has more.
    /// </param>
    /// <param name="limit">At most this many, and at most <see cref="EventPages.Bytes"/> and one more.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<RecordedEvent>> Read(
        TenantId tenant, IReadOnlyCollection<TypeFrom> types, int limit, CancellationToken cancel = default);

    /// <summary>Where events of some types stand in a partition: what they say is not read, and the others stay in the store.</summary>
    /// <param name="partition">Whose log.</param>
    /// <param name="after">Exclusive.</param>
    /// <param name="types">The types, by name.</param>
    /// <param name="limit">At most this many events are passed, whatever their types.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<PartitionStretch> Find(
        int partition, GlobalPosition after, IReadOnlyCollection<string> types, int limit, CancellationToken cancel = default);
}

/// <summary>A type of events, and the place after which they are read.</summary>
/// <param name="Type">Stable name.</param>
/// <param name="After">Exclusive; <see cref="CompanySequence.Start"/> reads from the beginning.</param>
/// <param name="Start">Exclusive; events at and before this position are left out too.</param>
public readonly record struct TypeFrom(string Type, CompanySequence After, GlobalPosition Start);

/// <summary>A stretch of a partition's log that was looked through.</summary>
/// <param name="Events">Those of the types that were looked for, in order.</param>
/// <param name="End">The position of the last event in the stretch, of whatever type; null if nothing comes after its beginning.</param>
public sealed record PartitionStretch(IReadOnlyList<EventPlace> Events, GlobalPosition? End);

/// <summary>Where an event stands, and what kind of event it is.</summary>
/// <param name="Tenant">Whose event.</param>
/// <param name="Sequence">Its number in the tenant's log.</param>
/// <param name="Position">Its position in the partition.</param>
/// <param name="Type">Stable name.</param>
/// <param name="SchemaVersion">Version of its shape.</param>
public readonly record struct EventPlace(TenantId Tenant, CompanySequence Sequence, GlobalPosition Position, string Type, int SchemaVersion)
{
    /// <summary>The place of an event that was read.</summary>
    public static EventPlace Of(RecordedEvent e) => new(e.Tenant, e.Sequence, e.Position, e.Type, e.SchemaVersion);
}
