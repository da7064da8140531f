using System.Globalization;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Proofs;

/// <summary>The real stream over a real store, from which one delivery in ten is lost, and one ring in ten.</summary>
public abstract class LostDeliveryTests
{
    private const int OrdersPerCompany = 25;
    private readonly OrderBook _book = new("book");
    private readonly TenantId[] _companies = [.. Enumerable.Range(0, 20).Select(_ => World.Company())];
    private readonly int _seed = Environment.GetEnvironmentVariable("TMS_TEST_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();
    private volatile bool _lossy = true;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Losing_one_delivery_in_ten_changes_no_final_state()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"TMS_TEST_SEED={_seed}");
        var (deliveries, rings) = (Lossy(LossyCalls.IsDelivery, _seed), Lossy(LossyCalls.IsRing, _seed + 1));
        await using var world = await Make();
        world.Reactors.Add(_book);
        world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(300);
        world.More = silo =>
        {
            deliveries.Received(silo);
            rings.Sent(silo);
        };
        var cluster = await world.Start(Silos);
        var nodes = _companies.ToDictionary(c => c, _ => new Node());
        foreach (var (company, node) in nodes) await Register(cluster, company, node);

        await Task.WhenAll(_companies.Select(c => Task.Run(() => Place(cluster, c))));
        await Eventually.Holds(() => AllHandled(cluster), $"every order has its effect, TMS_TEST_SEED={_seed}");
        Assert.True(rings.Lost > 0 && deliveries.Lost > 0, "Nothing was lost: this test proves nothing.");
        foreach (var company in _companies)
            Assert.All(await _book.Effects(cluster.Reader(), company), effect => Assert.Equal(1, effect.Value));

        // A feed learns with the next event what it lacks; nodes compare with the log's head for the last one.
        _lossy = false;
        foreach (var company in _companies) await Append(cluster, company);
        await Eventually.Holds(() => AllHandled(cluster), "every last order has its effect");
        foreach (var (company, node) in nodes) await Complete(cluster, company, node);
    }

    private protected virtual short Silos => 1;

    private protected abstract Task<StoreWorld> Make();

    private LossyCalls Lossy(Func<IGrainCallContext, bool> which, int seed)
    {
        var random = new Random(seed);
        return new LossyCalls(call =>
        {
            if (!_lossy || !which(call)) return false;
            lock (random) return random.Next(10) == 0;
        });
    }

    private static Task Register(InProcessTestCluster cluster, TenantId company, Node node)
    {
        CallerTenant.Set(company.Value);
        return cluster.Client.GetGrain<ICompanyFeedGrain>(company.ToString())
            .Register(cluster.Client.CreateObjectReference<INodeFeed>(node));
    }

    private static async Task Place(InProcessTestCluster cluster, TenantId company)
    {
        for (var i = 0; i < OrdersPerCompany; i++) await Append(cluster, company);
    }

    private static async Task Append(InProcessTestCluster cluster, TenantId company) =>
        Assert.IsType<AppendResult.Appended>(
            await cluster.Writer(company.Partition % cluster.Silos.Count).Append(Orders.Unit(company), Cancel));

    private async Task<bool> AllHandled(InProcessTestCluster cluster)
    {
        foreach (var company in _companies)
        {
            if ((await _book.Effects(cluster.Reader(), company)).Values.Any(count => count == 0)) return false;
        }

        return true;
    }

    /// <summary>From the first event that it was sent, the node got every one, once, to the end of the log.</summary>
    /// <remarks>Orleans does not keep the order of one-way calls while it still looks for the node; nodes order by the sequence.</remarks>
    private async Task Complete(InProcessTestCluster cluster, TenantId company, Node node)
    {
        var head = (await cluster.Reader().Head(company, Cancel)).Sequence.Value;
        await Eventually.Holds(
            () => Task.FromResult(node.Sequences.Contains(head)), $"the feed of {company} comes to {head}, TMS_TEST_SEED={_seed}");
        var first = node.Sequences.Min();
        Assert.Equal(Enumerable.Range(0, (int)(head - first) + 1).Select(i => first + i), node.Sequences.Order());
    }
}

public sealed class PostgresLostDeliveryTests : LostDeliveryTests
{
    private protected override short Silos => 2;

    private protected override Task<StoreWorld> Make() => StoreWorld.OnPostgres();
}

public sealed class SqliteLostDeliveryTests : LostDeliveryTests
{
    private protected override Task<StoreWorld> Make() => Task.FromResult(StoreWorld.OnSqlite());
}
