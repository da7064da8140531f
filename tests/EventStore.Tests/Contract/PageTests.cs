using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A page of the log ends by its bytes as well, and nobody takes a short page for the last.</summary>
public abstract class PageTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private const int Large = 10;
    private static readonly StoreSetup Totals = new() { Projections = [new TotalsProjection()], Entries = [] };
    private readonly TenantId _tenant = Some.Tenant();
    private readonly Guid _person = Guid.CreateVersion7();
    private readonly StreamName _stream = Some.Stream(TotalsProjection.Stream);

    [Fact]
    public async Task A_page_ends_where_4_MiB_are_full()
    {
        await Grow(Store);
        IReadOnlyList<RecordedEvent>[] pages =
        [
            await Store.Stream(_tenant, _stream), await Store.Company(_tenant), await Store.Partition(_tenant.Partition, await Before()),
            await Store.Search.Find(_tenant, new(["ORDER_CHANGED"]), new(1, Large + 1), newestFirst: false, 1000, Cancel),
            await Store.ReactorEvents.Read(_tenant, [new("ORDER_CHANGED", CompanySequence.Start, GlobalPosition.Start)], 1000, Cancel),
            await Store.Traces.Events(_tenant, _person, CompanySequence.Start, 1000, Cancel),
        ];
        Assert.All(pages, page => Assert.Equal([1, 2, 3, 4], page.Select(e => e.Version.Value)));
        var newest = await Store.Search.Find(_tenant, new(["ORDER_CHANGED"]), new(1, Large + 1), newestFirst: true, 1000, Cancel);
        Assert.Equal([10, 9, 8, 7], newest.Select(e => e.Version.Value));
        Assert.True((await Store.Stream(_tenant, _stream)).GoesOn(1000));
        Assert.False((await Store.Stream(_tenant, _stream, after: 8)).GoesOn(1000));
        Assert.Equal(Large, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_gap_of_large_events_is_filled_whole()
    {
        await using var older = await Fixture.SecondProcess(new() { Projections = [], Entries = [] });
        await Store.Appended(Some.Unit(_tenant, _stream));
        await Grow(older, 1);
        await using var patient = await Fixture.SecondProcess(Totals with { Options = o => o.MaxCatchUpTime = TimeSpan.FromMinutes(1) });
        await patient.Appended(Some.Unit(_tenant, Some.Stream()));
        await Store.HasRows(_tenant, Totals);
    }

    [Fact]
    public async Task A_stream_of_large_events_is_folded_anew_whole()
    {
        await Grow(Store);
        await Store.Database.Execute("update test_totals set total = -99 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await Store.ReadModels.Rebuild("test_totals", Cancel);
        await Store.HasRows(_tenant, Totals);
    }

    [Fact]
    public async Task Large_events_that_come_while_a_table_is_folded_are_in_its_rows()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        GatedReader? reader = null;
        await using var rebuilder = await Fixture.SecondProcess(new() { Reader = inner => reader = new(inner, _tenant, read: 1) });
        await Store.Database.Execute("update test_totals set total = -99 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader!.Reached;
        await Grow(Store, 1);
        reader.Open();
        await rebuilding;
        await Store.HasRows(_tenant, Totals);
    }

    private async Task Grow(StoreUnderTest process, int from = 0)
    {
        for (var version = from; version < from + Large; version++)
        {
            var data = Some.Bytes($$"""{"amount":{{new string(' ', 1 << 20)}}{{version}}}""");
            await process.Appended(Some.Unit(_tenant, _stream, version, Some.Event(data) with { About = [_person] }));
        }
    }

    private async Task<GlobalPosition> Before() => new((await Store.Stream(_tenant, _stream, limit: 1))[0].Position.Value - 1);
}
