namespace Tms.EventStore.Tests.Values;

public sealed class TenantIdTests
{
    [Theory]
    [InlineData("0190a8b4-7c00-7aaa-8bbb-0123456789ab", 31)]
    [InlineData("00000000-0000-0000-0000-000000000001", 19)]
    [InlineData("ffffffff-ffff-ffff-ffff-fffffffffffe", 19)]
    [InlineData("0199d1c2-0000-7000-8000-000000000000", 9)]
    public void A_tenant_stays_in_its_partition_for_ever(string id, int partition) =>
        Assert.Equal(partition, new TenantId(new Guid(id)).Partition);

    [Fact]
    public void Tenants_spread_evenly_over_the_partitions()
    {
        var counts = Enumerable.Range(0, 10_000).CountBy(_ => new TenantId(Guid.CreateVersion7()).Partition).ToDictionary();
        Assert.Equal(Enumerable.Range(0, TenantId.Partitions), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 200, 440));
    }

    [Fact]
    public void The_platform_has_the_reserved_id() =>
        Assert.Equal("00000000-0000-0000-0000-000000000001", TenantId.Platform.ToString());
}
