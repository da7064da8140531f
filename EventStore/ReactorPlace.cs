namespace Tms.EventStore;

/// <summary>How far the programs of all releases have looked through one tenant's log for one reactor.</summary>
/// <param name="cursors">Every set of the reactor, with its cursor.</param>
public sealed class ReactorPlace(IReadOnlyList<(ReactorSet Set, CompanySequence At)> cursors)
{
    /// <summary>The furthest sequence up to which some program has looked for a type in a schema version.</summary>
    public CompanySequence LookedFor(string type, int version) =>
        new(cursors.Where(c => c.Set.Has(type, version)).Select(c => c.At.Value).DefaultIfEmpty(0).Max());

    /// <summary>The sequence up to which every type of a set was looked for: where the cursor of the set may stand.</summary>
    public CompanySequence Covered(ReactorSet set) =>
        new(set.Types.Select(t => LookedFor(t.Key, t.Value.Version).Value).DefaultIfEmpty(0).Min());

    /// <summary>Whether an event that a set wants was not looked at yet.</summary>
    public bool IsOpen(ReactorSet set, EventPlace e) => set.Wants(e) && LookedFor(e.Type, e.SchemaVersion).Value < e.Sequence.Value;
}
