namespace Tms.EventStore;

/// <summary>An event as it stands in the log.</summary>
public sealed record RecordedEvent
{
    /// <summary>Place in the whole store.</summary>
    public required GlobalPosition Position { get; init; }

    /// <summary>Whose event.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The tenant's own count.</summary>
    public required CompanySequence Sequence { get; init; }

    /// <summary>The aggregate's stream.</summary>
    public required StreamName Stream { get; init; }

    /// <summary>The stream's version right after this event.</summary>
    public required StreamVersion Version { get; init; }

    /// <summary>Unique id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Stable name, e.g. <c>INVOICE_SENT</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Version of the data's shape.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public required long TimeMicros { get; init; }

    /// <summary>The stored JSON, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The stored metadata, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>The chain's hash after this event, 32 bytes (see <see cref="HashChain"/>).</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The event itself where this process made it; null when read from the store.</summary>
    public object? Value { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset Time => Micros.ToTime(TimeMicros);
}

/// <summary>Time as the log keeps it: whole microseconds since 1970, which both databases store without loss.</summary>
public static class Micros
{
    /// <summary>Microseconds since 1970-01-01 UTC; what is finer is cut off.</summary>
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The UTC time of a count of microseconds.</summary>
    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
