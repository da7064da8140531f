namespace Tms.EventStore.Lanes;

/// <summary>What an insert does to a row whose key is there, in words that both databases read alike.</summary>
internal static class ConflictSql
{
    /// <summary>Puts the row in the place of the other, but for the cells that only the first sets.</summary>
    public static string Replaces(ReadModelTable table)
    {
        var values = string.Join(
            ", ", table.Columns.Skip(table.KeyColumns).Where(c => !c.Kept).Select(c => $"{c.Name} = excluded.{c.Name}"));
        return $"on conflict ({Key(table)}) do {(values.Length > 0 ? $"update set {values}" : "nothing")}";
    }

    /// <summary>Adds the amounts to the row that is there.</summary>
    public static string Adds(ReadModelTable table)
    {
        var sums = string.Join(
            ", ", table.Columns.Skip(table.KeyColumns).Select(c => $"{c.Name} = {table.Name}.{c.Name} + excluded.{c.Name}"));
        return $"on conflict ({Key(table)}) do update set {sums}";
    }

    private static string Key(ReadModelTable table) => string.Join(", ", table.Columns.Take(table.KeyColumns).Select(c => c.Name));
}
