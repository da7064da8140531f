using System.Data.Common;

namespace Tms.EventStore.Readers;

/// <summary>A row of <c>events</c>, the same on both databases.</summary>
internal static class EventRow
{
    /// <summary>What <see cref="Read"/> wants selected, in this order.</summary>
    public const string Columns = "position, tenant, sequence, stream_type, stream_id, version, event_id, type, schema_version, time_us, data, metadata, hash";

    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Count = 13;

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
