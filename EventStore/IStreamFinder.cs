namespace Tms.EventStore;

/// <summary>Finds streams by their id alone, over all tenants: for operators, never for a request of a company.</summary>
public interface IStreamFinder
{
    /// <summary>The streams that have an id, in the order of tenant and type; as a rule one.</summary>
    Task<IReadOnlyList<(TenantId Tenant, StreamName Stream)>> Find(Guid id, CancellationToken cancel = default);
}
