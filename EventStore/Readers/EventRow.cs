using System.Data.Common;
using System.Globalization;

namespace Tms.EventStore.Readers;

/// <summary>A row of <c>events</c>, the same on both databases.</summary>
internal static class EventRow
{
    /// <summary>What <see cref="Read"/> wants selected, in this order.</summary>
    public const string Columns =
        "position, tenant, sequence, stream_type, stream_id, version, event_id, type, schema_version, time_us, data, metadata, hash";

    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Count = 13;

    /// <summary>A partition ($1) after a position ($2): at most $3 events.</summary>
    public static string OfPartition { get; } = Page("partition = $1 and position > $2", "position", "$3");

    /// <summary>A tenant ($1) after a sequence ($2): at most $3 events.</summary>
    public static string OfCompany { get; } = Page("tenant = $1 and sequence > $2", "sequence", "$3");

    /// <summary>The stream with an id ($1), type ($3) and tenant ($4) after a version ($2): at most $5 events.</summary>
    public static string OfStream { get; } = Page("stream_id = $1 and version > $2 and stream_type = $3 and tenant = $4", "version", "$5");

    /// <summary><see cref="Columns"/> of a table that is joined with others under an alias.</summary>
    public static string Of(string alias) => $"{alias}.{Columns.Replace(", ", $", {alias}.", StringComparison.Ordinal)}";

    /// <summary>A page of a query that selects <see cref="Columns"/>: in order, and none after those that fill it.</summary>
    /// <remarks>Both databases know the sizes without reading the data.</remarks>
    /// <param name="query">The query, with the limit of their number in it.</param>
    /// <param name="order">The column by which it is in order, and the direction.</param>
    public static string PageOf(string query, string order) => $"""
        select {Columns} from (
          select page.*, sum(length(data) + length(metadata)) over (order by {order} rows unbounded preceding)
            - length(data) - length(metadata) as before
          from ({query}) page) sized
        where before < {EventPages.Bytes.ToString(CultureInfo.InvariantCulture)} order by {order}
        """;

    private static string Page(string rows, string order, string limit) =>
        PageOf($"select {Columns} from events where {rows} order by {order} limit {limit}", order);

    /// <summary>The event of the row on which the reader stands.</summary>
    public static RecordedEvent Read(DbDataReader row) => new()
    {
        Position = new(row.GetInt64(0)),
        Tenant = new(row.GetGuid(1)),
        Sequence = new(row.GetInt64(2)),
        Stream = new(row.GetString(3), row.GetGuid(4)),
        Version = new(row.GetInt32(5)),
        Id = row.GetGuid(6),
        Type = row.GetString(7),
        SchemaVersion = row.GetInt16(8),
        TimeMicros = row.GetInt64(9),
        Data = row.GetFieldValue<byte[]>(10),
        Metadata = row.GetFieldValue<byte[]>(11),
        Hash = row.GetFieldValue<byte[]>(12),
    };
}
