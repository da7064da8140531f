namespace Tms.EventStore.Lanes;

/// <summary>Everything that a batch writes. The last value of a key wins; events are in the order of their sequences.</summary>
internal sealed class BatchPlan(int projections, int entries)
{
    public List<RecordedEvent> Events { get; } = [];

    public Dictionary<TenantId, TenantHead> Heads { get; } = [];

    public List<(TenantId Tenant, byte[] Key, CommandRecord Record)> Commands { get; } = [];

    public List<Reservation> Reservations { get; } = [];

    public Dictionary<(TenantId Tenant, string Series), long> Counters { get; } = [];

    public Dictionary<(TenantId Tenant, Guid Subject, string Kind), Secret> Secrets { get; } = [];

    public Dictionary<(TenantId Tenant, StreamName Stream), Snapshot> Snapshots { get; } = [];

    public Dictionary<(string Reactor, TenantId Tenant), ReactorCursor> Cursors { get; } = [];

    /// <summary>Per projection: rows to write; a null row is to be removed.</summary>
    public Dictionary<(TenantId Tenant, Guid Id), object?[]?>[] Rows { get; } =
        [.. Enumerable.Range(0, projections).Select(_ => new Dictionary<(TenantId, Guid), object?[]?>())];

    /// <summary>Per entry table: rows to add.</summary>
    public List<object?[]>[] Entries { get; } = [.. Enumerable.Range(0, entries).Select(_ => new List<object?[]>())];

    public bool IsEmpty => Events.Count == 0;
}
