using Orleans.Configuration;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.Api.Tests.Realtime;

/// <summary>The companies' feeds as the Api reaches them: real silos, the real stream, a real log.</summary>
public sealed class FeedTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Registered_nodes_get_every_event_once()
    {
        await using var cluster = await FeedCluster.Start();
        var (first, second, company) = (new NodeRecorder(), new NodeRecorder(), Guid.CreateVersion7());
        await cluster.Feeds(0).Register(company, first);
        await cluster.Feeds(1).Register(company, second);

        await cluster.Append(company, 50);

        await first.Has(50);
        await second.Has(50);
        Assert.Equal(Upto(50), first.Sequences);
        Assert.Equal(Upto(50), second.Sequences);
    }

    [Fact]
    public async Task A_node_that_never_answers_is_not_waited_for()
    {
        await using var cluster = await FeedCluster.Start();
        var thaw = new TaskCompletionSource();
        var (frozen, alive, company) = (new NodeRecorder { Answer = thaw.Task }, new NodeRecorder(), Guid.CreateVersion7());
        await cluster.Feeds(1).Register(company, frozen);
        await cluster.Feeds(0).Register(company, alive);

        using var since = WorkingTime.Start();
        await cluster.Append(company, 50);
        await alive.Has(50);

        Assert.InRange(since.Elapsed, TimeSpan.Zero, Soon);
        thaw.SetResult();
    }

    [Fact]
    public async Task A_node_that_died_with_its_silo_is_not_waited_for_and_the_other_gets_every_event()
    {
        await using var cluster = await FeedCluster.Start();
        var (dead, alive) = (new NodeRecorder(), new NodeRecorder());
        var company = await cluster.CompanyOn(0, alive);
        await cluster.Feeds(1).Register(company, dead);
        await cluster.Append(company, 20);
        await alive.Has(20);
        await dead.Has(20);

        await cluster.Kill(1);
        using var since = WorkingTime.Start();
        await cluster.Append(company, 50);
        await alive.Has(70);

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(Upto(70), alive.Sequences);
    }

    [Fact]
    public async Task A_node_that_does_not_renew_is_forgotten_and_one_that_renews_is_not()
    {
        await using var cluster = await FeedCluster.Start();
        var (silent, renewing, company) = (new NodeRecorder(), new NodeRecorder(), Guid.CreateVersion7());
        await cluster.Feeds(1).Register(company, silent);
        await cluster.Feeds(0).Register(company, renewing);
        await cluster.Append(company, 1);
        await silent.Has(1);

        cluster.Time.Advance(ICompanyFeedGrain.Lease);
        await cluster.Feeds(0).Register(company, renewing);
        await cluster.Append(company, 10);
        await renewing.Has(11);

        // Whoever registers again is sent what comes from then on: had the feed kept it, it would have the ten as well.
        await cluster.Feeds(1).Register(company, silent);
        await cluster.Append(company, 1);
        await silent.Has(2);
        Assert.Equal([1, 12], silent.Sequences);
    }

    [Fact]
    public async Task A_feed_without_nodes_and_events_sleeps()
    {
        await using var cluster = await FeedCluster.Start(more: silo => silo.Configure<GrainCollectionOptions>(
            o => (o.CollectionQuantum, o.CollectionAge) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2))));
        var (node, company) = (new NodeRecorder(), Guid.CreateVersion7());
        await cluster.Feeds().Register(company, node);
        await cluster.Append(company, 1);
        await node.Has(1);
        Assert.True(await cluster.IsActive(company));

        await cluster.Feeds().Unregister(company, node);
        await Eventually.Holds(async () => !await cluster.IsActive(company));
    }

    [Fact]
    public async Task Clients_of_the_surviving_node_get_everything_in_order_wherever_the_feed_was()
    {
        await using var cluster = await FeedCluster.Start();
        await using var first = await cluster.Hub(0);
        await using var second = await cluster.Hub(1);
        var clients = new Dictionary<Guid, LiveClient>();
        foreach (var company in Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7()))
        {
            clients[company] = await first.Connect(TestUser.Of(Role.Hovedbruker, company));
            await (await second.Connect(TestUser.Of(Role.Hovedbruker, company))).Connected();
            await clients[company].Connected();
        }

        await Task.WhenAll(clients.Keys.Select(company => cluster.Append(company, 10)));
        await cluster.Kill(1);
        await Task.WhenAll(clients.Keys.Select(company => cluster.Append(company, 30)));

        foreach (var client in clients.Values)
        {
            await client.Reached(40);
            Assert.Equal(Upto(40), client.Positions);
        }
    }

    private static IEnumerable<long> Upto(int count) => Enumerable.Range(1, count).Select(n => (long)n);

    /// <summary>A node that writes down what it is sent.</summary>
    private sealed class NodeRecorder : INodeFeed
    {
        private readonly List<long> _sequences = [];

        /// <summary>What a call to it waits for.</summary>
        public Task Answer { get; init; } = Task.CompletedTask;

        /// <summary>Orleans does not keep the order of its first one-way calls to a node; nodes go by the sequence.</summary>
        public long[] Sequences
        {
            get
            {
                lock (_sequences) return [.. _sequences.Order()];
            }
        }

        public Task Deliver(DeliveredEvent[] events)
        {
            lock (_sequences) _sequences.AddRange(events.Select(e => e.Sequence));
            return Answer;
        }

        public Task Has(int count) => Eventually.Holds(() => Sequences.Length >= count);
    }
}
