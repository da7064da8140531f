using System.Diagnostics.Metrics;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Proofs;

/// <summary>Nobody tells a reactor of its events, and no event comes after them.</summary>
public abstract class LostRingTests
{
    private readonly OrderBook _book = new($"book-{Guid.CreateVersion7()}");
    private readonly TenantId _company = World.Company();
    private LossyCalls _rings = new(LossyCalls.IsRing);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_companys_first_ring_that_died_with_its_silo_is_made_up_for_when_the_next_one_starts()
    {
        await using var world = await Make();
        world.Reactors.Add(_book);
        _rings = new(LossyCalls.IsAnyRing);
        world.More = _rings.Sent;
        var cluster = await world.Start();
        await Append(cluster, Orders.Unit(_company));
        await Delivered(cluster);
        await cluster.KillSiloAsync(cluster.Silos[0], Cancel);
        Assert.Equal((0, 1), (_book.Attempts.Count, world.Deliveries.Batches.Count));

        world.More = _ => { };
        cluster = await world.Start();
        await _book.Handled.Reaches(1);
        Assert.Equal([1L], world.Deliveries.Batches.SelectMany(b => b).Where(e => e.Type == Orders.Placed).Select(e => e.Sequence));
        Assert.Equal([1], (await _book.Effects(cluster.Reader(), _company)).Values);
    }

    [Fact]
    public async Task Rings_that_never_arrive_are_made_up_for_by_every_sweep_and_counted()
    {
        await using var world = await Make();
        world.Reactors.Add(_book);
        world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(200);
        world.More = _rings.Sent;
        var swept = new Counted();
        using var listener = Count("tms.reactors.swept", swept);
        var cluster = await world.Start();

        for (var i = 1; i <= 3; i++)
        {
            await Append(cluster, Orders.Unit(_company));
            await _book.Handled.Reaches(i);
        }

        Assert.True(_rings.Lost > 0 && swept.Count > 0, $"{_rings.Lost} lost, {swept.Count} made up for");
        Assert.Equal([1, 1, 1], (await _book.Effects(cluster.Reader(), _company)).Values);
    }

    [Fact]
    public async Task Events_that_no_reactor_acts_on_are_looked_at_without_waking_any_and_leave_no_cursor()
    {
        await using var world = await Make();
        world.Reactors.Add(_book);
        world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(200);
        var swept = new Counted();
        using var listener = Count("tms.reactors.swept", swept);
        var cluster = await world.Start();
        await Append(cluster, Orders.Unit(_company, count: 3, type: "ORDER_READ"));

        var set = cluster.Part<ReactorSets>().Of(_book.Name);
        await Eventually.Holds(
            async () => (await cluster.Part<ICheckpoints>().Load(set.Cursor, _company.Partition, Cancel)).Value > 0,
            "the sweep has looked");
        Assert.Equal(CompanySequence.Start, await cluster.Part<IReactorCursors>().Load(set.Cursor, _company, Cancel));
        Assert.Equal((0, 0), (swept.Count, _book.Attempts.Count));
    }

    private protected abstract Task<StoreWorld> Make();

    private static async Task Append(InProcessTestCluster cluster, AppendUnit unit) =>
        Assert.IsType<AppendResult.Appended>(await cluster.Writer().Append(unit, Cancel));

    /// <summary>The event was delivered, and will not be again: the checkpoint stands after it.</summary>
    private Task Delivered(InProcessTestCluster cluster) => Eventually.Holds(
        async () => (await cluster.Part<ICheckpoints>().Load(CompanyStream.Provider, _company.Partition, Cancel)).Value > 0
            && _rings.Lost > 0, "the checkpoint stands after the event");

    private MeterListener Count(string instrument, Counted counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, l) =>
            {
                if (published.Name == instrument) l.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.Contains(new("reactor", _book.Name))) counted.Add((int)value);
        });
        listener.Start();
        return listener;
    }
}

public sealed class PostgresLostRingTests : LostRingTests
{
    private protected override Task<StoreWorld> Make() => StoreWorld.OnPostgres();
}

public sealed class SqliteLostRingTests : LostRingTests
{
    private protected override Task<StoreWorld> Make() => Task.FromResult(StoreWorld.OnSqlite());
}
