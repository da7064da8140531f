namespace Tms.EventStore;

/// <summary>Finds streams by their id alone, over all tenants: for operators, never for a request of a company.</summary>
public interface IStreamFinder
{
    /// <summary>The streams that have an id, in the order of tenant and type; as a rule one.</summary>
    Task<IReadOnlyList<(TenantId Tenant, StreamName Stream)>> Find(Guid id, CancellationToken cancel = default);

    /// <summary>The streams that have events of a type, an entry for each event, read as they are enumerated.</summary>
    /// <remarks>Costs a probe a tenant, however long the log is.</remarks>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    IAsyncEnumerable<FoundStream> With(string eventType, CancellationToken cancel = default);
}

/// <summary>A stream with an event that was looked for.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Stream">The stream.</param>
/// <param name="TimeMicros">When the event happened, µs since 1970 UTC.</param>
public readonly record struct FoundStream(TenantId Tenant, StreamName Stream, long TimeMicros);
