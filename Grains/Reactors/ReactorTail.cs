using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>Finds reactors with events that no program has acted on, in what was appended since the last look.</summary>
/// <remarks>
/// A checkpoint per set and partition, shared by all silos, says up to where every event was acted on; it stays before one that was not.
/// What lies beyond such an event is looked at all the same, a stretch at a time: one that fails for long hides no other.
/// </remarks>
internal sealed class ReactorTail(
    ReactorSets sets, IReactorCursors cursors, IEventReader reader, IReactorEvents events, ICheckpoints checkpoints)
{
    /// <summary>How many events of a partition one look passes.</summary>
    internal const int PageSize = 10_000;

    private readonly Dictionary<(string Cursor, int Partition), GlobalPosition> _beyond = [];
    private readonly Dictionary<(int Partition, GlobalPosition From), PartitionStretch> _stretches = [];
    private readonly string[] _types = [.. sets.All.SelectMany(set => set.Types.Keys).Distinct()];

    /// <summary>Looks through one stretch of every partition.</summary>
    /// <returns>The reactors and tenants to ring, and whether there is more to look at now.</returns>
    internal async Task<(IReadOnlyCollection<(string Reactor, TenantId Tenant)> Open, bool More)> Look(CancellationToken cancel)
    {
        try
        {
            return await LookOnce(cancel);
        }
        finally
        {
            // Sets share stretches within a look; until the next one they would only take room.
            _stretches.Clear();
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
        var stretch = await Stretch(partition, from, cancel);
        var waiting = await Open(set, known, stretch.Events, cancel);
        open.UnionWith(waiting.Select(e => (set.Reactor, e.Tenant)));
        if (stretch.End is { } end && from == at) Move(moved, partition, at, waiting.Count == 0 ? end : new(waiting[0].Position.Value - 1));
        _beyond.Remove((set.Cursor, partition));
        if (stretch.End is not { } last || last.Value >= head.Value) return false;
        if (from != at || waiting.Count > 0) _beyond[(set.Cursor, partition)] = last;
        return true;
    }

    // Where the first event looked at is still open, the checkpoint stands already.
    private static void Move(Dictionary<int, GlobalPosition> moved, int partition, GlobalPosition at, GlobalPosition to)
    {
        if (to.Value > at.Value) moved[partition] = to;
    }

    private async Task<PartitionStretch> Stretch(int partition, GlobalPosition from, CancellationToken cancel)
    {
        if (!_stretches.TryGetValue((partition, from), out var stretch))
            _stretches[(partition, from)] = stretch = await events.Find(partition, from, _types, PageSize, cancel);
        return stretch;
    }

    private async Task<List<EventPlace>> Open(
        ReactorSet set, IReadOnlyList<ReactorSet> known, IReadOnlyList<EventPlace> found, CancellationToken cancel)
    {
        var places = new Dictionary<TenantId, ReactorPlace>();
        var open = new List<EventPlace>();
        foreach (var e in found.Where(set.Wants))
        {
            if (!places.TryGetValue(e.Tenant, out var place)) places[e.Tenant] = place = await sets.Place(known, e.Tenant, cancel);
            if (place.IsOpen(set, e)) open.Add(e);
        }

        return open;
    }
}
