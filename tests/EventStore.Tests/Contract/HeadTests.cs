using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Two releases at work on one company: the newer has read models that the older does not know.</summary>
public abstract class HeadTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private const string All = "test_firsts@1 test_totals@1 test_words@1";
    private readonly StoreSetup _new = new();
    private readonly Business _company = new();

    /// <summary>What an older release knows.</summary>
    public static TheoryData<string> Older => ["nothing", "totals", "firsts", "words"];

    [Theory, MemberData(nameof(Older))]
    public async Task What_an_older_process_appended_is_made_up_for_by_the_next_append(string knows)
    {
        await using var old = await Fixture.SecondProcess(Knowing(knows));
        await _company.Works(Store);
        await _company.Works(old);
        await _company.Works(old);
        await Store.LacksRows(_company.Tenant, _new);
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
        Assert.Equal(All, await Store.Covered(_company.Tenant));
        Assert.Empty(await Store.Heads(_company.Tenant));
    }

    [Theory, MemberData(nameof(Older))]
    public async Task Rows_are_right_however_often_the_releases_take_turns(string knows)
    {
        await using var old = await Fixture.SecondProcess(Knowing(knows));
        for (var turn = 0; turn < 10; turn++)
        {
            await _company.Works(old);
            await old.HasRows(_company.Tenant, Knowing(knows));
            await _company.Works(Store);
            await Store.HasRows(_company.Tenant, _new);
        }
    }

    [Fact]
    public async Task Rows_are_right_when_both_releases_work_at_once()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        StreamName[] streams = [.. Enumerable.Range(0, 8).Select(_ => Some.Stream(TotalsProjection.Stream))];
        await Task.WhenAll(streams.Select((stream, i) => Task.Run(() => Grow(i % 2 == 0 ? Store : old, stream))))
            .Within(TimeSpan.FromSeconds(60));
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task An_append_that_touches_none_of_the_streams_makes_up_for_them_too()
    {
        await using var old = await Fixture.SecondProcess(Knowing("nothing"));
        await _company.Works(old);
        await Store.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task A_row_that_ended_in_the_gap_is_gone()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        await _company.Works(Store);
        await _company.Adds(old, _company.Totals, 5, TotalsProjection.Remove);
        await Store.Appended(Some.Unit(_company.Tenant, Some.Stream("others")));
        await Store.HasRows(_company.Tenant, _new);
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task An_append_that_is_refused_makes_up_for_nothing_or_for_all()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        await _company.Works(Store);
        await _company.Works(old);
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Some.Unit(_company.Tenant, _company.Totals)));
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task Each_company_of_a_batch_is_made_up_for_by_itself()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        var companies = Enumerable.Range(0, 20).Select(_ => new Business()).ToArray();
        foreach (var company in companies) await company.Works(Store);
        foreach (var company in companies[..10]) await company.Works(old);
        await Store.AppendAll(companies.Select(
            (c, i) => i % 3 == 0 ? Some.Unit(c.Tenant, c.Totals) : Some.Unit(c.Tenant, Some.Stream(TotalsProjection.Stream))));
        foreach (var company in companies) await company.Works(Store);
        foreach (var company in companies) await Store.HasRows(company.Tenant, _new);
    }

    [Fact]
    public async Task A_gap_too_large_is_left_and_nobody_waits_for_it()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        await using var hurried = await Fixture.SecondProcess(_new with { Options = o => o.MaxCatchUp = 5 });
        await _company.Works(Store);
        await _company.Works(old);
        await _company.Works(old);
        await _company.Works(hurried);
        await _company.Works(hurried);
        await hurried.LacksRows(_company.Tenant, _new);
        await hurried.HasRows(_company.Tenant, Knowing("words"));
        Assert.Equal("test_words@1", await Store.Covered(_company.Tenant));
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task A_rebuild_makes_up_for_all_and_the_next_append_goes_on_from_it()
    {
        await using var old = await Fixture.SecondProcess(Knowing("nothing"));
        await _company.Works(Store);
        await _company.Works(old);
        await Store.ReadModels.Rebuild(null, Cancel);
        await Store.HasRows(_company.Tenant, _new);
        Assert.Equal((All, 0), (await Store.Covered(_company.Tenant), (await Store.Heads(_company.Tenant)).Count));
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    [Fact]
    public async Task A_writer_that_remembers_notices_that_a_rebuild_has_covered_more_than_it_knows()
    {
        await using var old = await Fixture.SecondProcess(Knowing("words"));
        for (var i = 0; i < 3; i++) await _company.Works(old);
        await Store.ReadModels.Rebuild(null, Cancel);
        await _company.Works(old);
        Assert.Equal(["test_firsts@1=12", "test_totals@1=12"], await Store.Heads(_company.Tenant));
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, _new);
    }

    private async Task Grow(StoreUnderTest process, StreamName stream)
    {
        for (var version = 0; version < 20; version++)
            await process.Appended(Some.Unit(_company.Tenant, stream, version, Some.Event(version)));
    }

    private static StoreSetup Knowing(string what) => new()
    {
        Projections = what switch { "totals" => [new TotalsProjection()], "firsts" => [new FirstsProjection()], _ => [] },
        Entries = what == "words" ? [new WordEntries()] : [],
    };
}
