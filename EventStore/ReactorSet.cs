using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tms.EventStore;

/// <summary>
/// The event types that one program's reactor acts on. Cursors belong to a set: a cursor says nothing of types outside of it.
/// </summary>
/// <param name="Reactor">The reactor's stable name.</param>
/// <param name="Cursor">
/// Name of the set's cursors; reactor and hash of the types, or the bare name of the reactor for cursors of the first release.
/// </param>
/// <param name="Types">The types, by name.</param>
public sealed record ReactorSet(string Reactor, string Cursor, IReadOnlyDictionary<string, ReactorType> Types)
{
    /// <summary>A set that is not registered yet: its types start at the beginning of the log.</summary>
    /// <param name="reactor">The reactor's stable name.</param>
    /// <param name="reads">Name and newest readable schema version of each type.</param>
    public static ReactorSet Of(string reactor, IEnumerable<(string Name, int Version)> reads)
    {
        var types = reads.ToDictionary(t => t.Name, t => new ReactorType(t.Version, GlobalPosition.Start));
        return new(reactor, CursorOf(reactor, types), types);
    }

    /// <summary>
    /// Whether the set has an event's type in a version that its program reads, and the event is not before the type's start.
    /// </summary>
    public bool Wants(EventPlace e) => Has(e.Type, e.SchemaVersion) && e.Position.Value > Types[e.Type].Start.Value;

    /// <summary>Whether the set has a type in a version that its program reads.</summary>
    public bool Has(string type, int version) => Types.TryGetValue(type, out var mine) && mine.Version >= version;

    /// <summary>Whether this set has all that another looks for: what was looked for here need not be looked for there.</summary>
    public bool Covers(ReactorSet other) => other.Types.All(t => Has(t.Key, t.Value.Version));

    /// <summary>Whether two sets look for the same.</summary>
    public bool IsSameAs(ReactorSet other) =>
        Types.Count == other.Types.Count && other.Types.All(t => Types.TryGetValue(t.Key, out var mine) && mine.Version == t.Value.Version);

    // A hash, since a reactor may act on every type there is and keys of an index are short.
    private static string CursorOf(string reactor, IReadOnlyDictionary<string, ReactorType> types)
    {
        var all = string.Join(
            ',',
            types.OrderBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}@{t.Value.Version}")));
        return $"{reactor}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8))}";
    }
}

/// <summary>One type of a <see cref="ReactorSet"/>.</summary>
/// <param name="Version">The newest schema version that the set's program reads.</param>
/// <param name="Start">Exclusive: events at and before this position are not acted on.</param>
public readonly record struct ReactorType(int Version, GlobalPosition Start);
