using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A table that is not there: who needs it is told so at once, and nobody else hears of it.</summary>
public abstract class MissingTableTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    [Fact]
    public async Task It_is_unavailable_to_those_who_need_it_and_keeps_nobody_else_from_working()
    {
        var tenant = Some.Tenant();
        await using var patient = await Fixture.SecondProcess(new() { Options = o => o.AppendTimeout = TimeSpan.FromMinutes(1) });
        await patient.Appended(Some.Unit(tenant, Some.Stream(TotalsProjection.Stream)));
        await Store.Database.Execute("drop table test_totals", Cancel);
        var others = Enumerable.Range(0, 50).Select(_ => patient.Append(Some.Unit(tenant, Some.Stream()))).ToArray();
        var needs = patient.Append(Some.Unit(tenant, Some.Stream(TotalsProjection.Stream)));
        var more = Enumerable.Range(0, 50).Select(_ => patient.Append(Some.Unit(tenant, Some.Stream()))).ToArray();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => needs.Within(TimeSpan.FromSeconds(30)));
        Assert.All(await Task.WhenAll([.. others, .. more]), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(101, (await Store.Sound(tenant)).Count);
    }
}
