using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A read model that cannot fold what an older release appended.</summary>
public abstract class FoldFaultTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Old = new() { Projections = [], Entries = [new WordEntries()] };
    private readonly Business _broken = new();

    [Fact]
    public async Task It_keeps_nobody_from_working()
    {
        await using var old = await Fixture.SecondProcess(Old);
        await _broken.Adds(old, _broken.Totals, TotalsProjection.Poison);
        await _broken.Adds(Store, Some.Stream(), 1);
        await _broken.Adds(Store, Some.Stream(TotalsProjection.Stream), 2);
        await Store.HasRows(_broken.Tenant, new() { Projections = [new FirstsProjection()] });
        Assert.Empty(await Store.Rows(new TotalsProjection().Table, _broken.Tenant));
        Assert.Equal("test_firsts@1 test_words@1", await Store.Covered(_broken.Tenant));
    }

    [Fact]
    public async Task It_keeps_no_other_company_from_getting_its_rows()
    {
        var fine = Enumerable.Range(0, 3).Select(_ => new Business()).ToArray();
        await using var old = await Fixture.SecondProcess(Old);
        await _broken.Adds(old, _broken.Totals, TotalsProjection.Poison);
        foreach (var company in fine) await company.Works(old);
        var heard = new Testing.Logging.HeardLog();
        await using var keeper = await Fixture.SecondProcess(new() { Keeper = true, Heard = heard });
        await heard.Says("cannot be brought up to date");
        foreach (var company in fine) await Store.HasRows(company.Tenant, new());
        Assert.Equal(["test_totals"], (await Store.ReadModels.Behind(Cancel)).Keys);
    }

    [Fact]
    public async Task An_event_that_cannot_be_opened_is_one_too()
    {
        await using var old = await Fixture.SecondProcess(Old);
        await using var names = await Fixture.WithNames();
        var (broken, fine) = (new People(old), new People(old));
        var (ola, kari) = (await broken.Born("Ola"), await fine.Born("Kari"));
        await broken.Altered(ola);

        await Task.WhenAll(
            new[] { broken, fine }.Select(people => names.Appended(Some.Unit(people.Tenant, Some.Stream(), 0, Some.Event(1)))));

        Assert.Empty(await Store.Rows(new NamesProjection().Table, broken.Tenant));
        Assert.Equal(kari, Assert.Single(await Store.Rows(new NamesProjection().Table, fine.Tenant))[1]);
        Assert.Equal("", await Store.Covered(broken.Tenant));
    }
}
