using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Two releases at work on one table, which the newer folds in another way.</summary>
public abstract class ModelVersionTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Next = new() { Projections = [new NextTotals(), new NextFirsts()], Entries = [new NextWords()] };
    private readonly Business _company = new();

    [Fact]
    public async Task A_new_version_folds_the_whole_table_anew()
    {
        await _company.Works(Store);
        await _company.Works(Store);
        await using var next = await Fixture.SecondProcess(Next);
        await next.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));
        await next.HasRows(_company.Tenant, Next);
        await _company.Works(next);
        await next.HasRows(_company.Tenant, Next);
    }

    [Fact]
    public async Task The_newer_versions_rows_win_however_often_the_releases_take_turns()
    {
        await using var next = await Fixture.SecondProcess(Next);
        for (var turn = 0; turn < 10; turn++)
        {
            await _company.Works(Store);
            await _company.Works(next);
            await next.HasRows(_company.Tenant, Next);
        }
    }

    [Fact]
    public async Task The_older_release_finds_what_it_wrote()
    {
        await using var next = await Fixture.SecondProcess(Next);
        await _company.Adds(Store, _company.Totals, 1);
        await _company.Adds(next, _company.Totals, 2);
        await _company.Adds(Store, _company.Totals, 3);
        var row = Assert.Single(await Store.Rows(new TotalsProjection().Table, _company.Tenant));
        Assert.Equal((3, 6L), ((int)row[2]!, (long)row[3]!));
    }

    [Fact]
    public async Task An_older_releases_rebuild_is_undone_by_the_newer_ones_next_append()
    {
        await using var next = await Fixture.SecondProcess(Next);
        await _company.Works(Store);
        await _company.Works(next);
        await Store.ReadModels.Rebuild(null, Cancel);
        await Store.HasRows(_company.Tenant, new());
        await _company.Works(next);
        await next.HasRows(_company.Tenant, Next);
    }

    [Fact]
    public async Task A_stream_that_the_older_release_folded_anew_is_folded_anew_by_the_newer_one()
    {
        await using var next = await Fixture.SecondProcess(Next);
        await _company.Works(next);
        await Store.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));
        await Store.Traces.Refold(_company.Tenant, _company.Totals, Cancel);

        await next.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));

        await next.HasRows(_company.Tenant, Next);
    }

    [Fact]
    public async Task Streams_that_only_the_older_release_went_on_with_are_folded_anew()
    {
        await using var next = await Fixture.SecondProcess(Next);
        await _company.Works(next);
        await _company.Adds(Store, _company.Totals, 1, 2, 3);
        await next.LacksRows(_company.Tenant, Next);
        await next.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));
        await next.HasRows(_company.Tenant, Next);
    }

    [Fact]
    public async Task A_stream_is_folded_anew_together_with_another_of_its_id()
    {
        await using var next = await Fixture.SecondProcess(Next);
        var (tenant, totals) = (_company.Tenant, new StreamName(TotalsProjection.Stream, Guid.CreateVersion7()));
        StreamName orders = new("orders", totals.Id);
        await next.Appended(Some.Unit(tenant, orders));
        await next.Appended(Some.Unit(tenant, totals));
        await Store.Appended(Some.Unit(tenant, totals, 1));
        await Store.Appended(Some.Unit(tenant, orders, 1));
        await Store.Appended(Some.Unit(tenant, totals, 2));
        await next.Appended(Some.Unit(tenant, Some.Stream("others")));
        await next.HasRows(tenant, Next);
        await Store.Appended(Some.Unit(tenant, totals, 3));
        await next.Appended(Some.Unit(tenant, Some.Stream("others")));
        await next.HasRows(tenant, Next);
    }

    [Fact]
    public async Task Entries_of_two_versions_never_wait_for_the_whole_table_to_be_folded()
    {
        await using var next =
            await Fixture.SecondProcess(new() { Projections = [], Entries = [new NextWords()], Options = o => o.MaxCatchUp = 15 });
        await _company.Works(next);
        for (var turn = 0; turn < 5; turn++)
        {
            await _company.Works(Store);
            await _company.Works(next);
            await next.HasRows(_company.Tenant, new() { Projections = [], Entries = [new NextWords()] });
        }
    }
}
