using Microsoft.Extensions.Logging.Abstractions;
using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Lanes;

public sealed class HeldQueuesTests
{
    private static readonly EventStoreOptions Options = new();
    private static readonly Hold First = Hold.OfPartition(1);
    private static readonly Hold Second = Hold.OfPartition(2);
    private readonly HeldQueues _queues = new(new(Options, TimeProvider.System, null!, null!, NullLogger.Instance));

    [Fact]
    public void Whoever_tried_a_unit_first_does_not_let_go_of_it_while_another_tries_it()
    {
        PendingUnit pending = new(Some.Unit(Some.Tenant(), Some.Stream()), 1, 0, null, new(Options), CancellationToken.None);
        _queues.TryBegin(First);
        _queues.TryBegin(Second);
        _queues.Add(First, [pending]);
        var first = _queues.Next(First, 8);
        _queues.Add(Second, first);
        var second = _queues.Next(Second, 8);

        Assert.Empty(_queues.Leave(First, first));
        Assert.Equal([pending], _queues.Leave(Second, second));
        Assert.Empty(_queues.Leave(Second, second));
    }
}
