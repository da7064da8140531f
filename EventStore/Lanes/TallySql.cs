namespace Tms.EventStore.Lanes;

/// <summary>The part of a statement on tallies that both databases read alike.</summary>
internal static class TallySql
{
    /// <summary>Adds the amounts to the row that is there.</summary>
    public static string OnConflict(ReadModelTable table)
    {
        var key = string.Join(", ", table.Columns.Take(table.KeyColumns).Select(c => c.Name));
        var amounts = table.Columns.Skip(table.KeyColumns);
        var sums = string.Join(", ", amounts.Select(c => $"{c.Name} = {table.Name}.{c.Name} + excluded.{c.Name}"));
        return $"on conflict ({key}) do update set {sums}";
    }
}
