namespace Tms.EventStore;

/// <summary>Where the sweep of a new set of types begins. Pure.</summary>
public static class ReactorBegin
{
    /// <summary>The position in each partition before which nothing of the set is open that nobody looked for.</summary>
    /// <param name="set">The new set.</param>
    /// <param name="known">The reactor's other sets.</param>
    /// <param name="swept">
    /// How far the sweep of each of them has come, by the name of its cursor; read before <paramref name="heads"/>.
    /// </param>
    /// <param name="heads">Where the partitions end.</param>
    /// <param name="history">Whether the reactor acts on what was before a type was registered.</param>
    public static IReadOnlyDictionary<int, GlobalPosition> Of(
        ReactorSet set, IReadOnlyList<ReactorSet> known, IReadOnlyDictionary<string, IReadOnlyDictionary<int, GlobalPosition>> swept,
        IReadOnlyDictionary<int, GlobalPosition> heads, bool history) => heads.ToDictionary(
            head => head.Key,
            head => set.Types
                .Select(t => Of(t.Key, t.Value.Version, known, k => Swept(k, swept, head.Key), history ? GlobalPosition.Start : head.Value))
                .DefaultIfEmpty(head.Value).MinBy(p => p.Value));

    private static GlobalPosition Swept(
        ReactorSet set, IReadOnlyDictionary<string, IReadOnlyDictionary<int, GlobalPosition>> swept, int partition) =>
        swept.TryGetValue(set.Cursor, out var of) ? of.GetValueOrDefault(partition) : GlobalPosition.Start;

    // Of a type that others know in an older version only, no event of a newer one is there yet: a release reads a version before the next
    // one writes it.
    private static GlobalPosition Of(
        string type, int version, IReadOnlyList<ReactorSet> known, Func<ReactorSet, GlobalPosition> swept, GlobalPosition beyond)
    {
        var others = known.Where(k => k.Types.ContainsKey(type)).ToList();
        if (others.Count == 0) return beyond;
        var top = Math.Min(version, others.Max(k => k.Types[type].Version));
        return others.Where(k => k.Has(type, top)).Select(swept).MaxBy(p => p.Value);
    }
}
