using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>What is made up for without any append.</summary>
public abstract class KeeperTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup All = new();
    private static readonly StoreSetup Old = new() { Projections = [], Entries = [] };
    private readonly Business _company = new();

    [Fact]
    public async Task A_company_that_nobody_appends_to_gets_its_rows()
    {
        await OldWorks(_company);
        await Store.LacksRows(_company.Tenant, All);
        Assert.Equal(
            ["test_firsts", "test_totals", "test_words"],
            (await Store.ReadModels.Behind(Cancel)).Where(t => t.Value == 1).Select(t => t.Key).Order());
        await Keep(All);
        Assert.Empty(await Store.ReadModels.Behind(Cancel));
        await Store.HasRows(_company.Tenant, All);
        await _company.Works(Store);
        await Store.HasRows(_company.Tenant, All);
    }

    [Fact]
    public async Task A_gap_too_large_for_an_append_is_folded_from_the_start()
    {
        await _company.Works(Store);
        for (var i = 0; i < 3; i++) await OldWorks(_company);
        await Keep(All with { Options = o => o.MaxCatchUp = 5 });
        await Store.HasRows(_company.Tenant, All);
    }

    private async Task OldWorks(Business company)
    {
        await using var old = await Fixture.SecondProcess(Old);
        await company.Works(old);
    }

    /// <summary>Starts a process that keeps, and waits until it says that nothing is behind any more.</summary>
    private async Task Keep(StoreSetup setup)
    {
        var heard = new Testing.Logging.HeardLog();
        await using var keeper = await Fixture.SecondProcess(setup with { Keeper = true, Heard = heard });
        await heard.Says("The read models of all companies are up to date");
    }
}
