using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Grains.Tests.Support;

/// <summary>Units of events, each in a stream of its own, of a kind that no aggregate knows.</summary>
internal static class Orders
{
    public const string Placed = "ORDER_PLACED";

    public static AppendUnit Unit(TenantId tenant, string stream = "orders", int count = 1, string type = Placed) => new()
    {
        Tenant = tenant,
        Streams = [.. Enumerable.Range(0, count).Select(_ => New(tenant, stream, type))],
        Metadata = new EventMetadata("somebody", "correlation", Guid.CreateVersion7()).Encode(),
    };

    /// <summary>Some companies in every partition, partition by partition.</summary>
    public static TenantId[] Companies(int perPartition) =>
        [.. Enumerable.Range(0, TenantId.Partitions).SelectMany(partition => Enumerable.Range(0, perPartition).Select(_ => In(partition)))];

    public static TenantId In(int partition)
    {
        var tenant = World.Company();
        while (tenant.Partition != partition) tenant = World.Company();
        return tenant;
    }

    private static StreamAppend New(TenantId tenant, string stream, string type) =>
        new(tenant, new(stream, Guid.CreateVersion7()), StreamVersion.Empty, [new(Guid.CreateVersion7(), type, 1, "{}"u8.ToArray())]);
}
