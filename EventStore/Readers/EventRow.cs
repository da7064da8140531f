using System.Data.Common;

namespace Tms.EventStore.Readers;

/// <summary>A row of <c>events</c>, the same on both databases.</summary>
internal static class EventRow
{
    /// <summary>What <see cref="Read"/> wants selected, in this order.</summary>
    public const string Columns = "position, tenant, sequence, stream_type, stream_id, version, event_id, type, schema_version, time_us, data, metadata, hash";

    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Count = 13;

    /// <summary>A partition ($1) after a position ($2), in order: at most $3 events, and none after those that fill $4 bytes.</summary>
    /// <remarks>Both databases know the sizes without reading the data.</remarks>
    public const string Page = $"""
        select {Columns} from (
          select page.*, sum(length(data) + length(metadata)) over (order by position rows unbounded preceding)
            - length(data) - length(metadata) as before
          from (select {Columns} from events where partition = $1 and position > $2 order by position limit $3) page) sized
        where before < $4 order by position
        """;

    /// <summary>Bytes of data and metadata after which a <see cref="Page"/> ends.</summary>
    public const long PageBytes = 4 << 20;

    /// <summary><see cref="Columns"/> of a table that is joined with others under an alias.</summary>
    public static string Of(string alias) => $"{alias}.{Columns.Replace(", ", $", {alias}.", StringComparison.Ordinal)}";

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
