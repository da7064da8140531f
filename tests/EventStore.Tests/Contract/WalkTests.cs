using Tms.EventStore.Heads;
using Tms.EventStore.Rebuild;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Rebuilds of tables with more streams than one piece has.</summary>
public abstract class WalkTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private const int Many = 450;
    private const int UnlockedReadOfTheSecondPiece = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly StoreSetup Totals = new() { Projections = [new TotalsProjection()], Entries = [] };
    private static readonly StoreSetup Older = new() { Projections = [], Entries = [new WordEntries()] };
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName[] _streams = [.. Enumerable.Range(0, Many).Select(_ => Some.Stream(TotalsProjection.Stream))];

    [Fact]
    public async Task Rows_of_no_stream_go_wherever_they_are()
    {
        await Begin(Store);
        await Store.Appended(Some.Unit(_tenant, Some.Stream(WordEntries.Stream), 0, Some.Event(Some.Bytes("en to"))));
        foreach (var id in new[] { Guid.Empty, Guid.CreateVersion7(), Guid.AllBitsSet })
        {
            await Store.Database.Execute(
                "insert into test_words (tenant, word, id, letters) values (@tenant, 'x', @id, 1)", Cancel, ("tenant", _tenant.Value),
                ("id", id));
            await Store.Database.Execute(
                "insert into test_totals (tenant, id) values (@tenant, @id) on conflict do nothing", Cancel, ("tenant", _tenant.Value),
                ("id", id));
        }

        await Store.LacksRows(_tenant, new());
        await Store.ReadModels.Rebuild(null, Cancel).Within(Limit);
        await Store.HasRows(_tenant, new());
    }

    [Fact]
    public async Task A_rebuild_that_is_killed_leaves_each_stream_with_old_or_new_rows_and_people_go_on()
    {
        await Begin(Store);
        await Store.Database.Execute("update test_totals set total = -99 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        using var killed = new CancellationTokenSource();
        var (rebuilder, reader) = await Gated(new(), UnlockedReadOfTheSecondPiece);
        await using var process = rebuilder;
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", killed.Token);
        await reader.Reached.Within(Limit);
        await killed.CancelAsync();
        reader.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rebuilding.Within(Limit));

        var rows = await Store.Rows(new TotalsProjection().Table, _tenant);
        Assert.Equal(Many, rows.Count);
        Assert.Equal(200, rows.Count(r => 1L.Equals(r[3])));
        await Store.Appended(Some.Unit(_tenant, _streams[0], 1, Some.Event(5)));
        await Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
        await Store.HasRows(_tenant, new());
    }

    [Fact]
    public async Task A_table_that_is_covered_stays_so_while_it_is_rebuilt()
    {
        await Begin(Store);
        var (rebuilder, reader) = await Gated(new(), UnlockedReadOfTheSecondPiece);
        await using var process = rebuilder;
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader.Reached.Within(Limit);
        await GoOn(Store);
        await Store.HasRows(_tenant, new());
        reader.Open();
        await rebuilding.Within(Limit);
        await Store.HasRows(_tenant, new());
    }

    /// <summary>
    /// The reads of the log after which others append: in the walk, before what the walk missed is read, and right before the end.
    /// </summary>
    public static TheoryData<int> Moments => [UnlockedReadOfTheSecondPiece, 7, 8];

    [Theory, MemberData(nameof(Moments))]
    public async Task What_others_append_while_a_table_is_behind_is_in_it_at_the_end(int read)
    {
        await using var older = await Fixture.SecondProcess(Older);
        await Begin(older);
        var (rebuilder, reader) = await Gated(Totals with { Options = o => o.MaxCatchUp = 5 }, read);
        await using var process = rebuilder;
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader.Reached.Within(Limit);
        await GoOn(older);
        await rebuilder.Appended(Some.Unit(_tenant, _streams[1], 1, Some.Event(8)));
        reader.Open();
        await rebuilding.Within(Limit);
        await rebuilder.HasRows(_tenant, Totals);
        Assert.Equal("test_totals@1", await Store.Covered(_tenant));
        await rebuilder.Appended(Some.Unit(_tenant, _streams[1], 2, Some.Event(9)));
        await rebuilder.HasRows(_tenant, Totals);
    }

    [Fact]
    public async Task A_release_that_left_a_table_in_the_middle_of_its_rebuild_is_made_up_for()
    {
        await using var older = await Fixture.SecondProcess(Older);
        var (rebuilder, reader) = await Gated(Totals with { Options = o => o.MaxCatchUp = 5 }, UnlockedReadOfTheSecondPiece);
        await using var process = rebuilder;
        await Begin(rebuilder);
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader.Reached.Within(Limit);
        await GoOn(older);
        reader.Open();
        await rebuilding.Within(Limit);
        await rebuilder.HasRows(_tenant, Totals);
        Assert.Contains("test_totals@1", await Store.Covered(_tenant), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_that_others_outrun_ends_and_leaves_the_table_behind()
    {
        await using var older = await Fixture.SecondProcess(Older);
        await Begin(older);
        await using var process = await Fixture.SecondProcess(Totals);
        var (table, version) = (TableModel.Of(new([new TotalsProjection()], [], [], []))[0], 0);
        // More streams than two pieces have go on between any two rounds.
        var reader = new RunningLog(process.Reader, async () =>
        {
            version++;
            await older.Appended(Some.Unit(_tenant, [.. _streams.Select(s => Some.On(_tenant, s, version))]));
        });
        await using var session = await process.Rebuilds.Open(_tenant, "test_totals", Cancel);
        var walk = new TableWalk(table, _tenant, session, process.Walks with { Reader = reader, MostRounds = 3 });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => walk.Run(Cancel).Within(Limit));
        Assert.DoesNotContain("test_totals", await Store.Covered(_tenant), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_stream_is_read_in_pages_with_another_of_its_id()
    {
        var (totals, orders) = (_streams[0], new StreamName("orders", _streams[0].Id));
        for (var i = 0; i < 5; i++)
        {
            await Store.Appended(Some.Unit(_tenant, totals, i * 1000, Some.Events(1000)));
            await Store.Appended(Some.Unit(_tenant, orders, i, Some.Event()));
        }

        await Store.Appended(Some.Unit(_tenant, _streams[1], 0, Some.Events(3)));
        await Store.Database.Execute("delete from test_totals where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await Store.Database.Execute(
            "update test_firsts set first = 0, version = 0 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await Store.ReadModels.Rebuild(null, Cancel).Within(Limit);
        var log = await Store.Company(_tenant);
        Assert.Equal(Sorted(new TotalsProjection().Fold(log)), Sorted(await Store.Rows(new TotalsProjection().Table, _tenant)));
        Assert.Equal(Sorted(new FirstsProjection().Fold(log)), Sorted(await Store.Rows(new FirstsProjection().Table, _tenant)));
    }

    [Fact]
    public async Task Two_rebuilds_of_one_table_never_run_together()
    {
        await Begin(Store);
        var (rebuilder, reader) = await Gated(new(), UnlockedReadOfTheSecondPiece);
        await using var process = rebuilder;
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader.Reached.Within(Limit);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => rebuilder.ReadModels.Rebuild("test_totals", Cancel));
        await rebuilder.ReadModels.Rebuild("test_firsts", Cancel).Within(Limit);
        reader.Open();
        await rebuilding.Within(Limit);
        await rebuilder.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
    }

    private async Task Begin(StoreUnderTest process)
    {
        foreach (var streams in _streams.Chunk(150))
            await process.Appended(Some.Unit(_tenant, [.. streams.Select(s => Some.On(_tenant, s))]));
    }

    /// <summary>One stream of each piece goes on, and one begins.</summary>
    private async Task GoOn(StoreUnderTest process) => await process.Appended(Some.Unit(_tenant,
        Some.On(_tenant, _streams[0], 1, Some.Event(2)), Some.On(_tenant, _streams[220], 1, Some.Event(3)),
        Some.On(_tenant, _streams[440], 1, Some.Event(4)),
        Some.On(_tenant, Some.Stream(TotalsProjection.Stream))));

    private async Task<(StoreUnderTest Process, GatedReader Reader)> Gated(StoreSetup setup, int read)
    {
        GatedReader? reader = null;
        var process = await Fixture.SecondProcess(setup with { Reader = inner => reader = new GatedReader(inner, _tenant, read) });
        await process.Reader.Epoch(Cancel);
        return (process, reader!);
    }

    private static IEnumerable<object?[]> Sorted(IEnumerable<object?[]> rows) => rows.OrderBy(r => (Guid)r[1]!);
}
