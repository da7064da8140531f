using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Placement;
using Tms.Grains.Reactors;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Placement;

/// <summary>Where a cluster of three silos makes its grains.</summary>
public sealed class TenantPlacementTests
{
    private readonly Guid[] _invoices = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public async Task Grains_of_one_company_live_together_whoever_calls_them_and_companies_are_spread()
    {
        await using var world = StoreWorld.OnSqlite();
        var cluster = await world.Start(3);
        var homes = PartitionHomes.Of([.. cluster.Silos.Select(s => s.SiloAddress)], TenantId.Partitions);

        for (var i = 0; i < 12; i++)
        {
            var company = World.Company();
            using var caller = CallerTenant.ActingFor(company.Value);
            await Wake(cluster, company);

            Assert.Equal([homes[company.Partition]], (await WhereAre(cluster, company)).Distinct());
        }
    }

    [Fact]
    public void The_platforms_grains_go_by_their_own_ids()
    {
        var partitions = Enumerable.Range(0, 2000).Select(_ => Partition(TenantId.Platform)).Distinct();

        Assert.Equal(TenantId.Partitions, partitions.Count());
    }

    [Fact]
    public void A_companys_grains_go_by_its_partition()
    {
        var company = World.Company();

        Assert.Equal(company.Partition, Partition(company));
        Assert.Equal(company.Partition, TenantDirector.PartitionOf(IdSpan.Create(ReactorKey.For(company.Value, "mail"))));
    }

    private static int Partition(TenantId tenant) =>
        TenantDirector.PartitionOf(IdSpan.Create(GrainKey.For(tenant.Value, Guid.CreateVersion7())));

    private Task Wake(InProcessTestCluster cluster, TenantId company) =>
        Task.WhenAll(Followers(cluster, company).Select(grain => grain.Moved(0)));

    private async Task<SiloAddress?[]> WhereAre(InProcessTestCluster cluster, TenantId company)
    {
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        return await Task.WhenAll(Followers(cluster, company).Select(grain => management.GetActivationAddress(grain).AsTask()));
    }

    private IEnumerable<ILogFollower> Followers(InProcessTestCluster cluster, TenantId company) =>
        [Follower(cluster, "company", company, company.Value), .. _invoices.Select(id => Follower(cluster, "invoice", company, id))];

    private static ILogFollower Follower(InProcessTestCluster cluster, string kind, TenantId company, Guid id) =>
        cluster.Client.GetGrain<ILogFollower>(GrainId.Create(kind, GrainKey.For(company.Value, id)));
}
