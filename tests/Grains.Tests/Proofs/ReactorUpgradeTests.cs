using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Reactors;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Proofs;

/// <summary>Two releases of a reactor on one store: the next one acts on a further type of events.</summary>
public abstract class ReactorUpgradeTests
{
    private const string Cancelled = "ORDER_CANCELLED";

    private readonly string _name = $"book-{Guid.CreateVersion7()}";
    private readonly TenantId _company = World.Company();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_release_acts_on_what_an_older_one_walked_over_and_on_nothing_twice()
    {
        await using var world = await Make();
        await Run(world, Next(), _ => Task.CompletedTask);
        var older = new OrderBook(_name);
        await Run(world, older, async cluster =>
        {
            await Append(cluster, Cancelled, Orders.Placed);
            await older.Handled.Reaches(1);
            await Saved(cluster, 2);
        });

        var next = Next();
        await Run(world, next, async cluster =>
        {
            await next.Handled.Reaches(1);
            await Append(cluster, Orders.Placed);
            await next.Handled.Reaches(2);
            Assert.Equal([1, 1, 1], (await next.Effects(cluster.Reader(), _company)).Values);
        });
        Assert.Equal(2, next.Attempts.Count);
    }

    [Fact]
    public async Task An_older_release_goes_on_with_its_own_types_after_the_next_one_was_withdrawn()
    {
        await using var world = await Make();
        var next = Next();
        await Run(world, next, async cluster =>
        {
            await Append(cluster, Orders.Placed, Cancelled);
            await next.Handled.Reaches(2);
            await Saved(cluster, 2);
        });

        var older = new OrderBook(_name);
        await Run(world, older, async cluster =>
        {
            await Append(cluster, Cancelled, Orders.Placed);
            await older.Handled.Reaches(1);
            Assert.Equal([1, 1, 0, 1], (await next.Effects(cluster.Reader(), _company)).Values);
        });
        Assert.Equal(1, older.Attempts.Count);
    }

    [Fact]
    public async Task A_release_that_knows_nothing_of_sets_finds_its_cursor_moved_by_those_that_do()
    {
        await using var world = await Make();
        await Run(
            world, new OrderBook($"{_name}-other"),
            cluster => cluster.Part<IReactorCursors>()
                .Register(
                    new(_name, _name, ReactorSet.Of(_name, [(Orders.Placed, 1)]).Types), new Dictionary<int, GlobalPosition>(), Cancel));
        foreach (var book in (OrderBook[])[new(_name), Next()])
        {
            await Run(world, book, async cluster =>
            {
                await Append(cluster, Orders.Placed, Orders.Placed);
                await book.Handled.Reaches(2);
                var head = (await cluster.Reader().Head(_company, Cancel)).Sequence.Value;
                await Eventually.Holds(
                    async () => (await cluster.Part<IReactorCursors>().Load(_name, _company, Cancel)).Value >= head - 2,
                    "the bare cursor is saved");
            });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_reactor_acts_from_its_registration_on_unless_it_wants_the_whole_history(bool history)
    {
        await using var world = await Make();
        await Run(world, new OrderBook($"{_name}-other"), cluster => Append(cluster, Orders.Placed, Orders.Placed));

        var book = new OrderBook(_name) { ActsOnHistory = history };
        await Run(world, book, async cluster =>
        {
            await Append(cluster, Orders.Placed);
            await book.Handled.Reaches(history ? 3 : 1);
            Assert.Equal(history ? [1, 1, 1] : [0, 0, 1], (await book.Effects(cluster.Reader(), _company)).Values);
        });
        Assert.Equal(history ? 3 : 1, book.Attempts.Count);
    }

    private protected abstract Task<StoreWorld> Make();

    private OrderBook Next() => new(_name, Cancelled);

    private static async Task Run(StoreWorld world, OrderBook book, Func<InProcessTestCluster, Task> test)
    {
        world.Reactors.Clear();
        world.Reactors.Add(book);
        world.Patience = o => (o.SweepPeriod, o.SaveAfter) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(20));
        var cluster = await world.Start();
        await test(cluster);
        await cluster.StopAllSilosAsync();
    }

    private async Task Append(InProcessTestCluster cluster, params string[] types)
    {
        foreach (var type in types)
            Assert.IsType<AppendResult.Appended>(await cluster.Writer().Append(Orders.Unit(_company, type: type), Cancel));
    }

    private Task Saved(InProcessTestCluster cluster, long sequence) => Eventually.Holds(
        async () =>
            (await cluster.Part<IReactorCursors>().Load(cluster.Part<ReactorSets>().Of(_name).Cursor, _company, Cancel)).Value >= sequence,
            "the cursor is saved");
}

public sealed class PostgresReactorUpgradeTests : ReactorUpgradeTests
{
    private protected override Task<StoreWorld> Make() => StoreWorld.OnPostgres();
}

public sealed class SqliteReactorUpgradeTests : ReactorUpgradeTests
{
    private protected override Task<StoreWorld> Make() => Task.FromResult(StoreWorld.OnSqlite());
}
