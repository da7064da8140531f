using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Realtime;

public sealed class CompanyFeedTests
{
    [Fact]
    public async Task A_registered_node_gets_its_companys_events_and_no_others()
    {
        var world = new World();
        await using var cluster = await world.Start();
        var (company, other) = (World.Company(), World.Company());
        var node = new Node();
        CallerTenant.Set(company.Value);
        await cluster.Client.GetGrain<ICompanyFeedGrain>(company.ToString())
            .Register(cluster.Client.CreateObjectReference<INodeFeed>(node));

        world.Log.Append(other, "A");
        world.Log.Append(company, "A", "B");
        world.Log.Append(company, "C");
        await node.Received.Reaches(3);
        await world.Deliveries.Distinct.Reaches(4);

        Assert.Equal([1, 2, 3], node.Sequences);
    }
}
