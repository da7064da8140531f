using Microsoft.Extensions.Time.Testing;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Realtime;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Realtime;

public sealed class NodeRegistrationsTests
{
    private static readonly DeliveredEvent[] One = [new(Guid.Empty, 1, "things", Guid.Empty, 1, Guid.Empty, "A", 1, 0, default, default)];
    private readonly FakeTimeProvider _time = new();
    private readonly Node _node = new();

    [Fact]
    public void A_node_is_forgotten_after_its_lease()
    {
        var nodes = new NodeRegistrations(_time);
        nodes.Renew(_node);
        _time.Advance(ICompanyFeedGrain.Lease);

        nodes.Send(One);

        Assert.Empty(_node.Sequences);
    }

    [Fact]
    public void A_node_that_renews_stays()
    {
        var nodes = new NodeRegistrations(_time);
        nodes.Renew(_node);
        _time.Advance(ICompanyFeedGrain.Lease / 2);
        nodes.Renew(_node);
        _time.Advance(ICompanyFeedGrain.Lease * 0.9);

        nodes.Send(One);

        Assert.Equal([1L], _node.Sequences);
    }

    [Fact]
    public void A_node_that_left_gets_nothing()
    {
        var nodes = new NodeRegistrations(_time);
        nodes.Renew(_node);
        nodes.Remove(_node);

        nodes.Send(One);

        Assert.Empty(_node.Sequences);
    }
}
