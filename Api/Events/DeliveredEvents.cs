using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Events;

/// <summary>Events read from the log in the shape in which consumers get them.</summary>
internal static class DeliveredEvents
{
    /// <summary>The event as its consumers get it.</summary>
    public static DeliveredEvent ToDelivered(this RecordedEvent e) => new(
        e.Tenant.Value, e.Sequence.Value, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type, e.SchemaVersion, e.TimeMicros, e.Data, e.Metadata);
}
