namespace Tms.EventStore;

/// <summary>What somebody did in a tenant: by the actor that stands on its events.</summary>
/// <remarks>Reads the tenant's whole log, in bounded steps: for what is rarely asked.</remarks>
public interface IActorEvents
{
    /// <summary>The events of an actor after a sequence, in order.</summary>
    /// <param name="tenant">Whose log.</param>
    /// <param name="actor">As it stands in the metadata of events.</param>
    /// <param name="after">Exclusive.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<ActorEvent>> Read(
        TenantId tenant, string actor, CompanySequence after, int limit, CancellationToken cancel = default);

    /// <summary>On how many streams of each type there are events of an actor, in the order of the types.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<(string StreamType, long Streams)>> Count(TenantId tenant, string actor, CancellationToken cancel = default);
}

/// <summary>An event, without what it says.</summary>
/// <param name="Sequence">The tenant's own count.</param>
/// <param name="Type">Stable name.</param>
/// <param name="Stream">What it happened to.</param>
/// <param name="TimeMicros">When, µs since 1970 UTC.</param>
public readonly record struct ActorEvent(CompanySequence Sequence, string Type, StreamName Stream, long TimeMicros);
