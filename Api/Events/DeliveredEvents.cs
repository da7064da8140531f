using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Events;

/// <summary>Events read from the log in the shape in which consumers get them.</summary>
internal static class DeliveredEvents
{
    /// <summary>The event as its consumers get it.</summary>
    public static DeliveredEvent ToDelivered(this RecordedEvent e) => new(
        e.Tenant.Value, e.Sequence.Value, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type, e.SchemaVersion, e.TimeMicros, e.Data,
        e.Metadata);

    /// <summary>The event as the chain counts it: without its place in the store, and without its hash.</summary>
    public static RecordedEvent ToRecorded(this DeliveredEvent e) => new()
    {
        Position = default,
        Tenant = new(e.Tenant),
        Sequence = new(e.Sequence),
        Stream = new(e.StreamType, e.StreamId),
        Version = new(e.Version),
        Id = e.Id,
        Type = e.Type,
        SchemaVersion = e.SchemaVersion,
        TimeMicros = e.TimeMicros,
        Data = e.Data,
        Metadata = e.Metadata,
        Hash = [],
    };
}
