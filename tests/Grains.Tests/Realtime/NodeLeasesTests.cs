using Microsoft.Extensions.Time.Testing;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Realtime;
using Xunit;

namespace Tms.Grains.Tests.Realtime;

public sealed class NodeLeasesTests
{
    private static readonly Guid One = Guid.NewGuid(), Other = Guid.NewGuid();
    private readonly FakeTimeProvider _time = new();
    private readonly NodeLeases _nodes;

    public NodeLeasesTests() => _nodes = new(_time);

    [Fact]
    public void The_connections_of_all_nodes_count()
    {
        Assert.True(_nodes.TryEnter(One, 3, 5));
        Assert.True(_nodes.TryEnter(Other, 2, 5));
        Assert.False(_nodes.TryEnter(One, 4, 5));
        Assert.Equal(5, _nodes.Total);
        _nodes.Set(Other, 1);
        Assert.True(_nodes.TryEnter(One, 4, 5));
    }

    [Fact]
    public void Saying_the_same_again_changes_nothing()
    {
        Assert.True(_nodes.TryEnter(One, 5, 5));
        Assert.True(_nodes.TryEnter(One, 5, 5));
        _nodes.Set(One, 5);
        Assert.Equal(5, _nodes.Total);
    }

    [Fact]
    public void A_node_that_says_no_more_is_forgotten_after_its_lease()
    {
        _nodes.TryEnter(One, 5, 5);
        _nodes.Set(Other, 1);
        _time.Advance(IUserConnectionsGrain.Lease * 0.9);
        _nodes.Set(Other, 1);
        _time.Advance(IUserConnectionsGrain.Lease * 0.2);
        Assert.Equal(1, _nodes.Total);
        Assert.True(_nodes.TryEnter(Other, 5, 5));
    }
}
