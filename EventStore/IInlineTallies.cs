namespace Tms.EventStore;

/// <summary>A table of sums that events of any stream add to (balances by account and month, spent by budget).</summary>
/// <remarks>
/// The sums of all that a tenant's log adds are the rows of today: that is how tallies are rebuilt. A row whose sums came to zero stays.
/// A sum that does not fit 64 bits refuses its unit alone.
/// </remarks>
public interface IInlineTallies
{
    /// <summary>
    /// The table, of some thousand rows per tenant: its key, first of it <c>tenant</c>, then amounts alone (<see cref="ColumnType.Long"/>,
    /// not null).
    /// </summary>
    /// <remarks>No key column is <see cref="ColumnType.Bytes"/>.</remarks>
    ReadModelTable Table { get; }

    /// <summary>As <see cref="IInlineProjection.Version"/>; but a table of another name is the better way.</summary>
    /// <remarks>
    /// What a stream added cannot be taken back: while two versions run, each turn folds the whole table.
    /// With more than <see cref="EventStoreOptions.MaxCatchUp"/> events the table stands still until the older release is gone.
    /// </remarks>
    int Version => 1;

    /// <summary>Whether events of this stream type add to rows here.</summary>
    bool Follows(string streamType);

    /// <summary>What an event adds, in the order of <see cref="Table"/>'s columns; a key may come more than once. Pure.</summary>
    /// <param name="recorded">
    /// The event, whose tenant is each row's first cell; <see cref="RecordedEvent.Position"/> is not known yet.
    /// </param>
    IReadOnlyList<object?[]> Of(RecordedEvent recorded);
}
