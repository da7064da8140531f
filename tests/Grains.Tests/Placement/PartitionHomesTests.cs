using System.Net;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Xunit;

namespace Tms.Grains.Tests.Placement;

public sealed class PartitionHomesTests
{
    [Fact]
    public void A_lone_silo_is_home_to_every_partition() => Assert.Equal([Silo(1)], Homes([Silo(1)]).Distinct());

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(32)]
    public void No_silo_has_more_than_its_share_rounded_up(int silos)
    {
        var share = (TenantId.Partitions + silos - 1) / silos;

        Assert.All(Homes(Silos(silos)).CountBy(home => home), home => Assert.InRange(home.Value, 1, share));
    }

    [Fact]
    public void More_silos_than_partitions_are_no_fault() => Assert.Equal(TenantId.Partitions, Homes(Silos(50)).Distinct().Count());

    [Fact]
    public void The_order_in_which_silos_are_seen_says_nothing() => Assert.Equal(Homes(Silos(5)), Homes([.. Silos(5).Reverse()]));

    [Fact]
    public void Few_partitions_of_others_move_if_a_silo_goes()
    {
        var (before, after) = (Homes(Silos(8)), Homes([.. Silos(8).Skip(1)]));

        var moved = before.Zip(after).Count(pair => pair.First != Silo(1) && pair.First != pair.Second);

        Assert.InRange(moved, 0, TenantId.Partitions / 4);
    }

    [Fact]
    public void A_silo_that_starts_again_is_another_silo() =>
        Assert.NotEqual(Homes([Silo(1), Silo(2), Silo(3)]), Homes([Silo(1), Silo(2), Silo(3, generation: 2)]));

    private static SiloAddress[] Homes(IReadOnlyCollection<SiloAddress> silos) => PartitionHomes.Of(silos, TenantId.Partitions);

    private static SiloAddress[] Silos(int count) => [.. Enumerable.Range(1, count).Select(i => Silo(i))];

    private static SiloAddress Silo(int number, int generation = 1) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + number), generation);
}
