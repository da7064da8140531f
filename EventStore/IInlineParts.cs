namespace Tms.EventStore;

/// <summary>
/// A table of several rows per stream, which change and go with its events (check points, payslips, lines of an invoice).
/// </summary>
/// <remarks>
/// Applying a stream's events in order to no rows gives the stream's rows of today: that is how parts are rebuilt.
/// After the erasure of a person the same events are applied again, and marked members are empty then: no key, and no look-up among the
/// rows, is made from one.
/// </remarks>
public interface IInlineParts
{
    /// <summary>
    /// The table: its key begins with <c>tenant</c> and the stream's id, and then tells the parts of a stream from each other.
    /// </summary>
    /// <remarks>
    /// Nothing else is kept in the table. No key column is <see cref="ColumnType.Bytes"/>, and no column is <see cref="Column.Kept"/>.
    /// </remarks>
    ReadModelTable Table { get; }

    /// <summary>
    /// As <see cref="IInlineProjection.Version"/>: rows of a stream that an older version went on with are replaced as a whole.
    /// </summary>
    int Version => 1;

    /// <summary>The one type of streams whose events change rows here.</summary>
    string StreamType { get; }

    /// <summary>Whether <see cref="Of"/> looks at the rows before. If not, an append reads none of them.</summary>
    bool ReadsRows { get; }

    /// <summary>What an event does to the rows of its stream, in that order. Pure.</summary>
    /// <param name="recorded">
    /// The event; <see cref="RecordedEvent.Position"/> and <see cref="RecordedEvent.Hash"/> are not known yet.
    /// </param>
    /// <param name="rows">
    /// The stream's rows before it, in no order; none without <see cref="ReadsRows"/>. They belong to the store: never change one.
    /// </param>
    IReadOnlyList<PartChange> Of(RecordedEvent recorded, IReadOnlyCollection<object?[]> rows);
}

/// <summary>A change of one stream's rows in a table of parts.</summary>
public sealed class PartChange
{
    /// <summary>Every row of the stream goes.</summary>
    public static readonly PartChange RemoveAll = new([], false);

    private PartChange(object?[] cells, bool stays) => (Cells, Stays) = (cells, stays);

    internal object?[] Cells { get; }

    internal bool Stays { get; }

    /// <summary>A row is there as it is given, in the place of one with the same key.</summary>
    /// <param name="row">In the order of the table's columns.</param>
    public static PartChange Put(params object?[] row) => new(row, true);

    /// <summary>A row goes, if it is there.</summary>
    /// <param name="key">The cells of its key, from the tenant on; more cells are passed over.</param>
    public static PartChange Remove(params object?[] key) => new(key, false);
}
