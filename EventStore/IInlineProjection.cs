using System.Diagnostics;

namespace Tms.EventStore;

/// <summary>A table that queries read, kept by pure functions over events and committed with them.</summary>
/// <remarks>
/// Applying a tenant's whole log in order to no rows gives the rows of today: that is how a read model is rebuilt.
/// A row belongs to one stream; its key is (tenant, stream id).
/// </remarks>
public interface IInlineProjection
{
    /// <summary>The table: its first two columns are <c>tenant</c> and <c>id</c>, which are its key.</summary>
    ReadModelTable Table { get; }

    /// <summary>
    /// Raised when other rows follow from the same events than before: the table is folded anew where an older version made it.
    /// </summary>
    /// <remarks>While both run, releases read and write one table. What the older cannot read needs a table of another name.</remarks>
    int Version => 1;

    /// <summary>Whether streams of this type have a row here.</summary>
    bool Follows(string streamType);

    /// <summary>Whether <see cref="Apply"/> looks at the row before. One that does not costs an append no read.</summary>
    bool ReadsRow { get; }

    /// <summary>The row after an event: the same row, a new one, or null when there is none. Pure.</summary>
    /// <param name="row">
    /// The row before it in the order of <see cref="Table"/>'s columns; null before the first event, and perhaps without
    /// <see cref="ReadsRow"/>.
    /// </param>
    /// <param name="recorded">
    /// The event; <see cref="RecordedEvent.Position"/> and <see cref="RecordedEvent.Hash"/> are not known yet.
    /// </param>
    object?[]? Apply(object?[]? row, RecordedEvent recorded);
}

/// <summary>Folding rows.</summary>
public static class InlineProjections
{
    /// <summary>The row after an event, with the cells kept that only the first event sets.</summary>
    public static object?[]? RowAfter(this IInlineProjection projection, object?[]? row, RecordedEvent recorded)
    {
        var after = projection.Apply(row, recorded);
        for (var i = 0; row is not null && i < after?.Length; i++)
        {
            after[i] = projection.Table.Columns[i].Kept ? row[i] : after[i];
        }

        return after;
    }
}

/// <summary>A table of rows that events add and nothing ever changes (search terms, ledger entries).</summary>
/// <remarks>
/// A row belongs to the stream whose event added it, and has the stream's id in a column: <see cref="ReadModelTable.StreamColumn"/>.
/// </remarks>
public interface IInlineEntries
{
    /// <summary>The table; its key tells one row from another.</summary>
    ReadModelTable Table { get; }

    /// <summary>What a row is whose key the table has already.</summary>
    Repetition Repetition { get; }

    /// <summary>
    /// As <see cref="IInlineProjection.Version"/>: rows of a stream that an older version went on with are replaced as a whole.
    /// </summary>
    int Version => 1;

    /// <summary>Whether events of this stream type add rows here.</summary>
    bool Follows(string streamType);

    /// <summary>The rows that an event adds, in the order of <see cref="Table"/>'s columns. Pure.</summary>
    IReadOnlyList<object?[]> Of(RecordedEvent recorded);

    /// <summary>What is wrong with the rows of one event (debit is not credit), as a sentence; null when nothing is. Pure.</summary>
    /// <remarks>
    /// A fault refuses the whole unit before anything is written. A fold of recorded events that meets one leaves the streams' old rows.
    /// </remarks>
    /// <param name="recorded">The event.</param>
    /// <param name="rows">All that <see cref="Of"/> gave for the event.</param>
    string? Fault(RecordedEvent recorded, IReadOnlyList<object?[]> rows) => null;
}

/// <summary>What a row of entries is whose key the table has already.</summary>
public enum Repetition
{
    /// <summary>The row that is there (search terms): every column is part of the key or follows from it.</summary>
    OneRow,

    /// <summary>An error (ledger lines): the unit is refused, for a line that is passed over is money lost.</summary>
    Error,
}

/// <summary>A read model's table as far as writing it needs.</summary>
/// <param name="Name">SQL name.</param>
/// <param name="Columns">In the order of a row's cells; the first is <c>tenant</c>.</param>
/// <param name="KeyColumns">How many leading columns are the primary key.</param>
/// <param name="StreamColumn">
/// Which column, counted from 0, holds the id of the stream that a row belongs to; of no meaning for tallies.
/// </param>
/// <remarks>
/// Rebuilds replace rows stream by stream: the table has an index that begins with <c>tenant</c> and the stream's column.
/// </remarks>
public sealed record ReadModelTable(string Name, IReadOnlyList<Column> Columns, int KeyColumns = 2, int StreamColumn = 1)
{
    /// <summary>SQL name of the column that holds the stream's id.</summary>
    internal string Stream => Columns[StreamColumn].Name;

    /// <summary>
    /// What is wrong with the leading cells of a row of a stream, as a sentence; null when nothing is. What two databases would take
    /// differently is refused.
    /// </summary>
    internal string? Fault(object?[] cells, int leading, TenantId tenant, Guid stream)
    {
        if (cells.Length < leading) return $"a change has {cells.Length} cells and needs {leading}.";
        for (var i = 0; i < leading; i++)
        {
            // What a cell holds is not said: it may tell of a person, and faults are logged.
            if (cells[i] is null ? i < KeyColumns : !Columns[i].Holds(cells[i]!))
                return $"{Columns[i].Name} cannot be {(cells[i] is { } cell ? $"a {cell.GetType().Name}" : "null")}.";
        }

        return (Guid)cells[0]! == tenant.Value && (Guid)cells[1]! == stream ? null : "a change has the cells of another stream.";
    }
}

/// <summary>A column of a read model.</summary>
/// <param name="Name">SQL name.</param>
/// <param name="Type">What a cell holds.</param>
/// <param name="Kept">Whether the row's first event sets it for good: what a later one says is passed over.</param>
public readonly record struct Column(string Name, ColumnType Type, bool Kept = false)
{
    /// <summary>Whether a value is of the column's type.</summary>
    internal bool Holds(object value) => Type switch
    {
        ColumnType.Uuid => value is Guid,
        ColumnType.Text => value is string,
        ColumnType.Int => value is int,
        ColumnType.Long => value is long,
        ColumnType.Bool => value is bool,
        ColumnType.Date => value is DateOnly,
        ColumnType.Bytes => value is byte[],
        _ => throw new UnreachableException($"{Type} has no values."),
    };
}

/// <summary>What a cell holds; null is allowed everywhere but in the key.</summary>
public enum ColumnType
{
    /// <summary><see cref="Guid"/>.</summary>
    Uuid,

    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary><see cref="int"/>.</summary>
    Int,

    /// <summary><see cref="long"/>: øre, microseconds, sequences.</summary>
    Long,

    /// <summary><see cref="bool"/>.</summary>
    Bool,

    /// <summary><see cref="DateOnly"/>, stored as its day number so that both databases order it alike.</summary>
    Date,

    /// <summary>Byte array.</summary>
    Bytes,
}
