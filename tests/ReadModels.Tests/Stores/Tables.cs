using System.Data.Common;
using System.Globalization;
using Tms.EventStore;

namespace Tms.ReadModels.Tests.Stores;

/// <summary>Rows of every read model as text: as they stand, and as the log gives them from scratch.</summary>
internal static class Tables
{
    /// <summary>One line per row that stands in any table.</summary>
    public static async Task<string[]> Standing(this Store store, TenantId tenant)
    {
        var lines = new List<string>();
        foreach (var table in store.All()) lines.AddRange(await store.Database.Query(
            $"select {string.Join(", ", table.Columns.Select(c => c.Name))} from {table.Name} where tenant = @tenant",
            r => Line(table, [.. table.Columns.Select((c, i) => Cell(r, i, c.Type))]), TestContext.Current.CancellationToken,
            ("tenant", tenant.Value)));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>One line per row that folding the tenant's log gives.</summary>
    public static async Task<string[]> Folded(this Store store, TenantId tenant)
    {
        var log = new List<RecordedEvent>();
        while (await store.Reader.ReadCompany(
            tenant, new(log.Count), 100_000, TestContext.Current.CancellationToken) is { Count: > 0 } page) log.AddRange(page);
        var lines = new HashSet<string>();
        foreach (var projection in store.Projections)
        {
            var rows = new Dictionary<Guid, object?[]?>();
            foreach (var e in log.Where(e => projection.Follows(e.Stream.Type)))
                rows[e.Stream.Id] = projection.RowAfter(rows.GetValueOrDefault(e.Stream.Id), e);
            lines.UnionWith(rows.Values.OfType<object?[]>().Select(row => Line(projection.Table, row)));
        }

        foreach (var entries in store.Entries)
            lines.UnionWith(log.Where(e => entries.Follows(e.Stream.Type)).SelectMany(entries.Of).Select(row => Line(entries.Table, row)));
        foreach (var tallies in store.Tallies)
            lines.UnionWith(Sums(tallies.Table, log.Where(e => tallies.Follows(e.Stream.Type)).SelectMany(tallies.Of)));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<ReadModelTable> All(this Store store) =>
        store.Projections.Select(p => p.Table).Concat(store.Entries.Select(e => e.Table)).Concat(store.Tallies.Select(t => t.Table));

    private static IEnumerable<string> Sums(ReadModelTable table, IEnumerable<object?[]> added)
    {
        var keys = added.GroupBy(row => string.Join('|', row.Take(table.KeyColumns).Select(Text)));
        foreach (var rows in keys)
        {
            var sums = Enumerable.Range(table.KeyColumns, table.Columns.Count - table.KeyColumns)
                .Select(i => (object?)rows.Sum(row => (long)row[i]!));
            yield return Line(table, [.. rows.First().Take(table.KeyColumns), .. sums]);
        }
    }

    private static string Line(ReadModelTable table, object?[] row) => $"{table.Name}: {string.Join(" | ", row.Select(Text))}";

    private static string Text(object? cell) => cell switch
    {
        null => "null",
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static object? Cell(DbDataReader reader, int i, ColumnType type) => reader.IsDBNull(i) ? null : type switch
    {
        ColumnType.Uuid => reader.GetGuid(i),
        ColumnType.Text => reader.GetString(i),
        ColumnType.Int => reader.GetInt32(i),
        ColumnType.Long => reader.GetInt64(i),
        ColumnType.Bool => reader.GetBoolean(i),
        ColumnType.Date => DateOnly.FromDayNumber(reader.GetInt32(i)),
        _ => reader.GetFieldValue<byte[]>(i),
    };
}
