using Tms.Domain.Access;

namespace Tms.Domain.Shared;

/// <summary>All event types of TMS.</summary>
public static class TmsEvents
{
    /// <summary>Types of every aggregate, and of the notices that go with their events.</summary>
    public static readonly EventCatalog Catalog = new([.. TmsAggregates.All.SelectMany(static a => a.Events), .. AccessEventTypes.All]);
}
