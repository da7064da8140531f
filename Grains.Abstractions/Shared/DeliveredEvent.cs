namespace Tms.Grains.Abstractions.Shared;

/// <summary>An event of the log on its way to consumers: a doorbell with a payload. The log stays the source of truth.</summary>
/// <param name="Tenant">Whose event.</param>
/// <param name="Sequence">The tenant's own count: consumers see by it that nothing is missing.</param>
/// <param name="StreamType">Kind of the aggregate, e.g. <c>invoices</c>.</param>
/// <param name="StreamId">The aggregate.</param>
/// <param name="Version">The aggregate's version right after the event.</param>
/// <param name="Id">Unique id.</param>
/// <param name="Type">Stable name, e.g. <c>INVOICE_SENT</c>.</param>
/// <param name="SchemaVersion">Version of the data's shape.</param>
/// <param name="TimeMicros">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Data">The stored JSON: never leaves the system as it is.</param>
/// <param name="Metadata">The stored metadata JSON.</param>
[GenerateSerializer, Immutable, Alias("tms.delivered-event")]
public sealed record DeliveredEvent(
    [property: Id(0)] Guid Tenant,
    [property: Id(1)] long Sequence,
    [property: Id(2)] string StreamType,
    [property: Id(3)] Guid StreamId,
    [property: Id(4)] int Version,
    [property: Id(5)] Guid Id,
    [property: Id(6)] string Type,
    [property: Id(7)] int SchemaVersion,
    [property: Id(8)] long TimeMicros,
    [property: Id(9)] ReadOnlyMemory<byte> Data,
    [property: Id(10)] ReadOnlyMemory<byte> Metadata);
