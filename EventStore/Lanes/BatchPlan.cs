using Tms.EventStore.Blobs;
using Tms.EventStore.Heads;

namespace Tms.EventStore.Lanes;

/// <summary>Everything that a batch writes. The last value of a key wins; events are in the order of their sequences.</summary>
internal sealed class BatchPlan(InlineModels models)
{
    public List<RecordedEvent> Events { get; } = [];

    /// <summary>Persons of whom events tell, by the events' sequences.</summary>
    public List<(TenantId Tenant, Guid Person, long Sequence)> About { get; } = [];

    /// <summary>Where the log of each tenant ends after the batch.</summary>
    public Dictionary<TenantId, TenantHead> Heads { get; } = [];

    /// <summary>Where the log of each of <see cref="Heads"/> ends before the batch, as far as the plan knows.</summary>
    public Dictionary<TenantId, TenantHead> Followed { get; } = [];

    public List<(TenantId Tenant, byte[] Key, CommandRecord Record)> Commands { get; } = [];

    public List<Reservation> Reservations { get; } = [];

    /// <summary>Given up before <see cref="Reservations"/> are taken.</summary>
    public List<Reservation> Releases { get; } = [];

    public Dictionary<(TenantId Tenant, string Series), long> Counters { get; } = [];

    public Dictionary<(TenantId Tenant, Guid Subject, string Kind), Secret> Secrets { get; } = [];

    public Dictionary<(BlobAddress Blob, StreamName Stream), BlobUse> Blobs { get; } = [];

    public Dictionary<(TenantId Tenant, StreamName Stream, bool Stays), Snapshot> Snapshots { get; } = [];

    public Dictionary<(string Reactor, TenantId Tenant), ReactorCursor> Cursors { get; } = [];

    /// <summary>Per projection: rows to write, after those of <see cref="Removed"/> are gone; null where none is left.</summary>
    public Dictionary<(TenantId Tenant, Guid Id), object?[]?>[] Rows { get; } =
        [.. models.Projections.Select(_ => new Dictionary<(TenantId, Guid), object?[]?>())];

    /// <summary>
    /// Per projection: streams whose row an event ended. One that begins again is a new row, with cells of its own that only the first
    /// event sets.
    /// </summary>
    public HashSet<(TenantId Tenant, Guid Id)>[] Removed { get; } = [.. models.Projections.Select(_ => new HashSet<(TenantId, Guid)>())];

    /// <summary>Per entry table: rows to add.</summary>
    public List<object?[]>[] Entries { get; } = [.. models.Entries.Select(_ => new List<object?[]>())];

    /// <summary>Per table of parts: what becomes of the rows of streams.</summary>
    public PartRows[] Parts { get; } = [.. models.Parts.Select(p => new PartRows(p.Table))];

    /// <summary>Per table of tallies: what is added to its rows, each of which comes once.</summary>
    public TallyRows[] Tallies { get; } = [.. models.Tallies.Select(t => new TallyRows(t.Table))];

    /// <summary>
    /// What is said of the read models of tenants whose last writer had others; of all other tenants, this process' own are covered.
    /// </summary>
    public Dictionary<TenantId, ModelsMark> Marks { get; } = [];

    /// <summary>The read models in steps of at most so many rows.</summary>
    public IEnumerable<BatchPlan> Slices(int size)
    {
        for (var i = 0; i < Rows.Length; i++)
        {
            foreach (var keys in Removed[i].Chunk(size))
            {
                var slice = new BatchPlan(models);
                slice.Removed[i].UnionWith(keys);
                yield return slice;
            }

            foreach (var rows in Rows[i].Where(r => r.Value is not null).Chunk(size))
            {
                var slice = new BatchPlan(models);
                Array.ForEach(rows, r => slice.Rows[i].Add(r.Key, r.Value));
                yield return slice;
            }
        }

        for (var i = 0; i < Entries.Length; i++)
        {
            foreach (var rows in Entries[i].Chunk(size))
            {
                var slice = new BatchPlan(models);
                slice.Entries[i].AddRange(rows);
                yield return slice;
            }
        }

        for (var i = 0; i < Parts.Length; i++)
        {
            foreach (var rows in Parts[i].Slices(size))
            {
                var slice = new BatchPlan(models);
                slice.Parts[i] = rows;
                yield return slice;
            }
        }

        for (var i = 0; i < Tallies.Length; i++)
        {
            foreach (var rows in Tallies[i].All.Chunk(size))
            {
                var slice = new BatchPlan(models);
                slice.Tallies[i].Set(rows);
                yield return slice;
            }
        }
    }

    public bool IsEmpty => Events.Count == 0;
}
