namespace Tms.EventStore.Lanes;

/// <summary>What the store says, under the partitions' locks, about everything that a batch touches.</summary>
/// <remarks>The planner moves these on as it accepts units, so that later units of the batch see the earlier ones.</remarks>
internal sealed class BatchFacts
{
    /// <summary>Heads of the tenants that have one.</summary>
    public Dictionary<TenantId, TenantHead> Heads { get; } = [];

    /// <summary>Versions of the streams that have events.</summary>
    public Dictionary<(TenantId Tenant, StreamName Stream), int> Versions { get; } = [];

    /// <summary>Id of the event that stands right after an expected version, where one does.</summary>
    public Dictionary<(TenantId Tenant, StreamName Stream, int Expected), Guid> Followers { get; } = [];

    /// <summary>Commands that happened, by tenant and hex of the key's hash.</summary>
    public Dictionary<(TenantId Tenant, string Key), CommandRecord> Commands { get; } = [];

    /// <summary>Who holds what.</summary>
    public Dictionary<(string Scope, string Value), Reservation> Reservations { get; } = [];

    /// <summary>Last numbers given out.</summary>
    public Dictionary<(TenantId Tenant, string Series), long> Counters { get; } = [];

    /// <summary>Read-model rows of the batch's streams: one dictionary per projection, in the order of the projections.</summary>
    public required IReadOnlyList<Dictionary<(TenantId Tenant, Guid Id), object?[]?>> Rows { get; init; }
}
