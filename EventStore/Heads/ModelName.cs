using System.Globalization;

namespace Tms.EventStore.Heads;

/// <summary>A read model's name: its table, and the version of the fold that makes the rows.</summary>
internal readonly record struct ModelName(string Table, int Version)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Table}@{Version}");

    public static ModelName Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return new(text[..at], int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the other is the same table folded in another way.</summary>
    public bool SharesTable(ModelName other) => Table == other.Table && Version != other.Version;

    /// <summary>The one text of a set of names: two sets are equal when their texts are.</summary>
    public static string Text(IEnumerable<ModelName> names) =>
        string.Join(' ', names.Select(n => n.ToString()).Order(StringComparer.Ordinal));

    /// <summary>One name per table, in alphabetical order: the highest version of several.</summary>
    public static IReadOnlyList<ModelName> ByTable(IEnumerable<ModelName> names) =>
        [.. names.GroupBy(n => n.Table, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => new ModelName(t.Key, t.Max(n => n.Version)))];

    public static HashSet<ModelName> Set(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
}
