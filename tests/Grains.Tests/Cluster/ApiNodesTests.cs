using Microsoft.Extensions.Time.Testing;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Cluster;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class ApiNodesTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 2, 55, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_node_is_known_until_it_was_not_heard_of_for_a_lease()
    {
        var nodes = new ApiNodesGrain(_time);
        var (one, other) = (Node(), Node());
        await nodes.Renew(one);
        await nodes.Renew(other);
        _time.Advance(IApiNodesGrain.Lease / 2);
        await nodes.Renew(other with { LiveConnections = 7 });
        Assert.Equal([one.Id, other.Id], (await nodes.All()).Select(heard => heard.Node.Id));

        _time.Advance(IApiNodesGrain.Lease / 2);

        var left = Assert.Single(await nodes.All());
        Assert.Equal((other.Id, 7, _time.GetUtcNow() - (IApiNodesGrain.Lease / 2)), (left.Node.Id, left.Node.LiveConnections, left.At));
    }

    [Fact]
    public async Task A_node_that_says_that_it_goes_is_gone_at_once()
    {
        var nodes = new ApiNodesGrain(_time);
        var node = Node();
        await nodes.Renew(node);
        await nodes.Leave(node.Id);
        Assert.Empty(await nodes.All());
    }

    private ApiNode Node()
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return new(Guid.CreateVersion7(), "api", 1, ["http://127.0.0.1:8000"], "1.0.0", _time.GetUtcNow(), null, 0);
    }
}
