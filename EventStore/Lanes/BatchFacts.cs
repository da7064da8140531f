using Tms.EventStore.Heads;

namespace Tms.EventStore.Lanes;

/// <summary>What the store says, under the partitions' locks, about everything that a batch touches.</summary>
/// <remarks>The planner moves these on as it accepts units, so that later units of the batch see the earlier ones.</remarks>
internal sealed class BatchFacts
{
    /// <summary>Facts of which none is known yet.</summary>
    public static BatchFacts For(InlineModels models) => new()
    {
        Rows = [.. models.Projections.Select(_ => new Dictionary<(TenantId, Guid), object?[]?>())],
        Parts = [.. models.Parts.Select(p => new PartRows(p.Table))],
    };

    /// <summary>Heads of the tenants that have one.</summary>
    public Dictionary<TenantId, TenantHead> Heads { get; } = [];

    /// <summary>Last positions of the batch's partitions that have events.</summary>
    public Dictionary<int, GlobalPosition> PartitionHeads { get; } = [];

    /// <summary>Versions of the streams that have events.</summary>
    public Dictionary<(TenantId Tenant, StreamName Stream), int> Versions { get; } = [];

    /// <summary>
    /// Appends to streams with events whose version nobody asked for: what they follow must be confirmed with the commit.
    /// </summary>
    public List<StreamAppend> Presumed { get; } = [];

    /// <summary>What stands after an expected version that is no longer the stream's: the unit itself, perhaps.</summary>
    public Dictionary<(TenantId Tenant, StreamName Stream), List<StoredEvent>> Stored { get; } = [];

    /// <summary>Commands that happened, by tenant and hex of the key's hash.</summary>
    public Dictionary<(TenantId Tenant, string Key), CommandRecord> Commands { get; } = [];

    /// <summary>Who holds what.</summary>
    public Dictionary<(string Scope, string Value), Reservation> Reservations { get; } = [];

    /// <summary>Last numbers given out.</summary>
    public Dictionary<(TenantId Tenant, string Series), long> Counters { get; } = [];

    /// <summary>Tenants whose last writer had other read models than this process.</summary>
    public Dictionary<TenantId, TenantModels> Differing { get; } = [];

    /// <summary>What an append says of such a tenant's read models.</summary>
    public Dictionary<TenantId, ModelsMark> Marks { get; } = [];

    /// <summary>Tables whose rows of a tenant are not known to be right: appends leave them alone.</summary>
    public HashSet<(TenantId Tenant, string Table)> Behind { get; } = [];

    /// <summary>Read-model rows of the batch's streams: one dictionary per projection, in the order of the projections.</summary>
    public required IReadOnlyList<Dictionary<(TenantId Tenant, Guid Id), object?[]?>> Rows { get; init; }

    /// <summary>Rows of the batch's streams in tables of parts that read them: one per table, in the order of the parts.</summary>
    public required IReadOnlyList<PartRows> Parts { get; init; }

    /// <summary>The batch's appends whose stream is further than expected: what stands there must be read before planning.</summary>
    public List<StreamAppend> Overtaken(IReadOnlyList<AppendUnit> units) =>
        [.. units.SelectMany(u => u.Streams).Where(s => Versions.GetValueOrDefault((s.Tenant, s.Stream)) > s.Expected.Value)];

    /// <summary>Whether an append leaves a table's rows alone.</summary>
    public bool Skips(ReadModelTable table, TenantId tenant) => Behind.Count > 0 && Behind.Contains((tenant, table.Name));

    /// <summary>Takes over rows that were written since the facts were read.</summary>
    /// <param name="table">Whose.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="fold">What is known of the table since.</param>
    /// <param name="all">Whether the tenant has no other rows.</param>
    public void Take(TableModel table, TenantId tenant, BatchFacts fold, bool all)
    {
        for (var i = 0; i < fold.Rows.Count; i++)
        {
            var known = Rows[table.Places[i]];
            foreach (var key in all ? [.. known.Keys.Where(k => k.Tenant == tenant)] : Array.Empty<(TenantId, Guid)>())
            {
                known.Remove(key);
            }

            foreach (var (key, row) in fold.Rows[i])
            {
                known[key] = row;
            }
        }

        for (var i = 0; i < fold.Parts.Count; i++)
        {
            var known = Parts[table.PartPlaces[i]];
            if (all) known.Forget(tenant);
            known.Take(fold.Parts[i]);
        }
    }

    /// <summary>Notes an event that stands after an expected version.</summary>
    public void Note(StoredEvent e)
    {
        if (!Stored.TryGetValue((e.Tenant, e.Stream), out var events))
        {
            Stored[(e.Tenant, e.Stream)] = events = [];
        }

        events.Add(e);
    }
}

/// <summary>As much of an event in the log as tells whether a unit is there already.</summary>
internal readonly record struct StoredEvent(TenantId Tenant, StreamName Stream, int Version, Guid Id, long Sequence, long TimeMicros);
