using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>The sets of types that the reactors of this program act on, and how far every release has looked for them.</summary>
/// <remarks>
/// A release that acts on more types has a set and cursors of its own. So none walks over what only another acts on, both may run at once,
/// and a withdrawn release leaves nothing behind that keeps the older one from its work.
/// </remarks>
internal sealed class ReactorSets(
    ReactorCatalog catalog, IEnumerable<EventCatalog> events, IReactorCursors cursors, IEventReader reader, ICheckpoints checkpoints)
{
    private readonly Dictionary<string, ReactorSet> _mine = catalog.Names.ToDictionary(
        name => name,
        name => ReactorSet.Of(name, catalog.Find(name)!.EventTypes.Select(type => (type, events.LastOrDefault()?.Find(type)?.Reads ?? 1))));

    /// <summary>The set of each reactor of this program.</summary>
    internal IReadOnlyCollection<ReactorSet> All => _mine.Values;

    /// <summary>The set of a reactor of this program.</summary>
    internal ReactorSet Of(string reactor) => _mine[reactor];

    /// <summary>Notes the sets of this program, before it appends its first event: from then on new types are acted on.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    internal async Task Register(CancellationToken cancel)
    {
        foreach (var set in All.ToList())
        {
            var known = await cursors.Sets(set.Reactor, cancel);
            if (!known.Any(set.IsSameAs))
            {
                await Add(set, known, cancel);
                known = await cursors.Sets(set.Reactor, cancel);
            }

            // The same types may stand under the bare name that the first release writes: both must move one cursor.
            _mine[set.Reactor] = known.OrderBy(k => k.Cursor, StringComparer.Ordinal).First(set.IsSameAs);
        }
    }

    /// <summary>How far every release has looked through a tenant's log for a reactor.</summary>
    internal async Task<ReactorPlace> Place(IReadOnlyList<ReactorSet> known, TenantId tenant, CancellationToken cancel)
    {
        var places = new List<(ReactorSet, CompanySequence)>(known.Count);
        foreach (var set in known) places.Add((set, await cursors.Load(set.Cursor, tenant, cancel)));
        return new(places);
    }

    private async Task Add(ReactorSet set, IReadOnlyList<ReactorSet> known, CancellationToken cancel)
    {
        // Before the heads: what is swept meanwhile must not count as beyond them.
        var swept = new Dictionary<string, IReadOnlyDictionary<int, GlobalPosition>>();
        foreach (var other in known) swept[other.Cursor] = await checkpoints.LoadAll(other.Cursor, cancel);
        var heads = await reader.PartitionHeads(cancel);
        var history = catalog.Find(set.Reactor)!.ActsOnHistory;
        var now = history || heads.Count == 0 ? GlobalPosition.Start : new(heads.Values.Max(h => h.Value));
        var types = set.Types.ToDictionary(t => t.Key, t => t.Value with { Start = Start(t.Key, known, now) });
        await cursors.Register(set with { Types = types }, ReactorBegin.Of(set, known, swept, heads, history), cancel);
    }

    private static GlobalPosition Start(string type, IReadOnlyList<ReactorSet> known, GlobalPosition now) =>
        known.Where(k => k.Types.ContainsKey(type)).Select(k => k.Types[type].Start).DefaultIfEmpty(now).MinBy(p => p.Value);
}
