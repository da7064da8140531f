using Tms.EventStore.Lanes;

namespace Tms.EventStore.Heads;

/// <summary>All that is folded into one table.</summary>
/// <param name="Name">Its name; where several fold into the table, the highest version of them.</param>
/// <param name="Own">What is folded.</param>
/// <param name="Places">Where each of its projections stands among all of the process.</param>
/// <param name="PartPlaces">Where each of its parts stands among all of the process.</param>
internal sealed record TableModel(ModelName Name, InlineModels Own, IReadOnlyList<int> Places, IReadOnlyList<int> PartPlaces)
{
    /// <summary>Whether rows are sums over streams, so that what a stream added cannot be taken back.</summary>
    public bool IsTally => Own.Tallies.Count > 0;

    /// <summary>The table of rows that belong to streams.</summary>
    public ReadModelTable Rows =>
        Own.Projections.Count > 0 ? Own.Projections[0].Table : Own.Entries.Count > 0 ? Own.Entries[0].Table : Own.Parts[0].Table;

    public bool Follows(string streamType) =>
        Own.Projections.Any(p => p.Follows(streamType)) || Own.Entries.Any(e => e.Follows(streamType))
        || Own.Parts.Any(p => p.StreamType == streamType) || Own.Tallies.Any(t => t.Follows(streamType));

    /// <summary>The tables of a process in alphabetical order.</summary>
    /// <exception cref="InvalidOperationException">
    /// Rows of a table do not say which stream they belong to, or a table is not as parts or tallies need it.
    /// </exception>
    public static IReadOnlyList<TableModel> Of(InlineModels all) => [.. all.Tables.Select(name => Of(name, all))];

    private static TableModel Of(ModelName name, InlineModels all)
    {
        int[] places = [.. Enumerable.Range(0, all.Projections.Count).Where(i => all.Projections[i].Table.Name == name.Table)];
        int[] partPlaces = [.. Enumerable.Range(0, all.Parts.Count).Where(i => all.Parts[i].Table.Name == name.Table)];
        InlineModels own = new([.. places.Select(i => all.Projections[i])], [.. all.Entries.Where(e => e.Table.Name == name.Table)],
            [.. partPlaces.Select(i => all.Parts[i])], [.. all.Tallies.Where(t => t.Table.Name == name.Table)]);
        TableModel model = new(name, own, places, partPlaces);
        return Fault(model) is { } fault ? throw new InvalidOperationException($"{name.Table}: {fault}") : model;
    }

    private static string? Fault(TableModel model)
    {
        if (!model.IsTally && model.Rows.Columns[model.Rows.StreamColumn].Type != ColumnType.Uuid)
        {
            return $"rows belong to streams: name the column with the stream's id ({nameof(ReadModelTable.StreamColumn)}).";
        }

        // A key of bytes is one key to the database and many to the process.
        if (model.Own.Parts.Select(p => p.Table).Concat(model.Own.Tallies.Select(t => t.Table))
            .Any(t => t.Columns.Take(t.KeyColumns).Any(c => c.Type == ColumnType.Bytes)))
        {
            return "a key column of parts or tallies holds no bytes.";
        }

        var own = model.Own;
        if (own.Parts.Count > 0 && own.Projections.Count + own.Entries.Count + own.Parts.Count + own.Tallies.Count > 1)
        {
            return "a table of parts is kept by nothing else.";
        }

        return own.Parts.Any(p => p.Table.StreamColumn != 1 || p.Table.KeyColumns < 3 || p.Table.Columns.Any(c => c.Kept))
            ? "parts have the key tenant, stream's id and what tells them apart, and keep no column."
            : null;
    }
}
