using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>Finds reactors with events that no program has acted on, in what was appended since the last look.</summary>
/// <remarks>
/// A checkpoint per set and partition, shared by all silos, says up to where every event was acted on; it stays before one that was not.
/// What lies beyond such an event is looked at all the same, a page at a time: one that fails for long hides no other.
/// </remarks>
internal sealed class ReactorTail(ReactorSets sets, IReactorCursors cursors, IEventReader reader, ICheckpoints checkpoints)
{
    private const int PageSize = 1000;

    private readonly Dictionary<(string Cursor, int Partition), GlobalPosition> _beyond = [];
    private readonly Dictionary<(int Partition, GlobalPosition From), IReadOnlyList<RecordedEvent>> _pages = [];

    /// <summary>Looks at one page of every partition.</summary>
    /// <returns>The reactors and tenants to ring, and whether there is more to look at now.</returns>
    internal async Task<(IReadOnlyCollection<(string Reactor, TenantId Tenant)> Open, bool More)> Look(CancellationToken cancel)
    {
        try
        {
            return await LookOnce(cancel);
        }
        finally
        {
            // Sets share pages within a look; until the next one they would only take room.
            _pages.Clear();
        }
    }

    private async Task<(IReadOnlyCollection<(string Reactor, TenantId Tenant)> Open, bool More)> LookOnce(CancellationToken cancel)
    {
        var heads = await reader.PartitionHeads(cancel);
        var open = new HashSet<(string, TenantId)>();
        var more = false;
        foreach (var set in sets.All)
        {
            var known = await cursors.Sets(set.Reactor, cancel);
            var looked = await checkpoints.LoadAll(set.Cursor, cancel);
            var moved = new Dictionary<int, GlobalPosition>();
            foreach (var (partition, head) in heads)
            {
                var at = looked.GetValueOrDefault(partition);
                if (at.Value < head.Value) more |= await Look(set, known, partition, at, head, open, moved, cancel);
            }

            if (moved.Count > 0) await checkpoints.Save(set.Cursor, moved, cancel);
        }

        return (open, more);
    }

    private async Task<bool> Look(
        ReactorSet set, IReadOnlyList<ReactorSet> known, int partition, GlobalPosition at, GlobalPosition head,
        HashSet<(string, TenantId)> open, Dictionary<int, GlobalPosition> moved, CancellationToken cancel)
    {
        var from = new GlobalPosition(Math.Max(at.Value, _beyond.GetValueOrDefault((set.Cursor, partition)).Value));
        var page = await Page(partition, from, cancel);
        var waiting = await Open(set, known, page, cancel);
        open.UnionWith(waiting.Select(e => (set.Reactor, e.Tenant)));
        if (page.Count > 0 && from == at) moved[partition] = waiting.Count == 0 ? page[^1].Position : new(waiting[0].Position.Value - 1);
        _beyond.Remove((set.Cursor, partition));
        if (page.Count == 0 || page[^1].Position.Value >= head.Value) return false;
        if (from != at || waiting.Count > 0) _beyond[(set.Cursor, partition)] = page[^1].Position;
        return true;
    }

    private async Task<IReadOnlyList<RecordedEvent>> Page(int partition, GlobalPosition from, CancellationToken cancel)
    {
        if (!_pages.TryGetValue((partition, from), out var page)) _pages[(partition, from)] = page = await reader.ReadPartition(partition, from, PageSize, cancel);
        return page;
    }

    private async Task<List<RecordedEvent>> Open(ReactorSet set, IReadOnlyList<ReactorSet> known, IReadOnlyList<RecordedEvent> page, CancellationToken cancel)
    {
        var places = new Dictionary<TenantId, ReactorPlace>();
        var open = new List<RecordedEvent>();
        foreach (var e in page.Where(set.Wants))
        {
            if (!places.TryGetValue(e.Tenant, out var place)) places[e.Tenant] = place = await sets.Place(known, e.Tenant, cancel);
            if (place.IsOpen(set, e)) open.Add(e);
        }

        return open;
    }
}
