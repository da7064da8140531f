using Tms.EventStore.Lanes;

namespace Tms.EventStore.Heads;

/// <summary>All that is folded into one table.</summary>
/// <param name="Name">Its name; where several fold into the table, the highest version of them.</param>
/// <param name="Own">What is folded.</param>
/// <param name="Places">Where each of its projections stands among all of the process.</param>
internal sealed record TableModel(ModelName Name, InlineModels Own, IReadOnlyList<int> Places)
{
    /// <summary>Whether rows are sums over streams, so that what a stream added cannot be taken back.</summary>
    public bool IsTally => Own.Tallies.Count > 0;

    /// <summary>The table of rows that belong to streams.</summary>
    public ReadModelTable Rows => Own.Projections.Count > 0 ? Own.Projections[0].Table : Own.Entries[0].Table;

    public bool Follows(string streamType) =>
        Own.Projections.Any(p => p.Follows(streamType)) || Own.Entries.Any(e => e.Follows(streamType)) || Own.Tallies.Any(t => t.Follows(streamType));

    /// <summary>The tables of a process in alphabetical order.</summary>
    /// <exception cref="InvalidOperationException">Rows of a table do not say which stream they belong to.</exception>
    public static IReadOnlyList<TableModel> Of(InlineModels all) => [.. Names(all.Projections, all.Entries, all.Tallies).Select(name => Of(name, all))];

    /// <summary>The names of all tables, in alphabetical order.</summary>
    public static IEnumerable<ModelName> Names(
        IReadOnlyList<IInlineProjection> projections, IReadOnlyList<IInlineEntries> entries, IReadOnlyList<IInlineTallies> tallies) =>
        projections.Select(p => new ModelName(p.Table.Name, p.Version)).Concat(entries.Select(e => new ModelName(e.Table.Name, e.Version)))
            .Concat(tallies.Select(t => new ModelName(t.Table.Name, t.Version)))
            .GroupBy(m => m.Table, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new ModelName(t.Key, t.Max(m => m.Version)));

    private static TableModel Of(ModelName name, InlineModels all)
    {
        int[] places = [.. Enumerable.Range(0, all.Projections.Count).Where(i => all.Projections[i].Table.Name == name.Table)];
        InlineModels own = new([.. places.Select(i => all.Projections[i])],
            [.. all.Entries.Where(e => e.Table.Name == name.Table)], [.. all.Tallies.Where(t => t.Table.Name == name.Table)]);
        TableModel model = new(name, own, places);
        return model.IsTally || model.Rows.Columns[model.Rows.StreamColumn].Type == ColumnType.Uuid
            ? model
            : throw new InvalidOperationException($"Rows of {name.Table} belong to streams: name the column with the stream's id ({nameof(ReadModelTable.StreamColumn)}).");
    }
}
