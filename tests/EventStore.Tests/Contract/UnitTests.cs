using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A unit is all or nothing.</summary>
public abstract class UnitTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _first = Some.Stream();
    private readonly StreamName _second = Some.Stream("payments");

    [Fact]
    public async Task Two_streams_of_a_unit_are_stored_together_in_their_order()
    {
        var unit = Some.Unit(_tenant, Some.On(_tenant, _first, 0, Some.Events(2)), Some.On(_tenant, _second));
        var result = await Store.Appended(unit);
        Assert.Equal((2, 3L), (result.Version.Value, result.Sequence.Value));
        Assert.Equal([_first, _first, _second], (await Store.Sound(_tenant)).Select(e => e.Stream));
    }

    [Fact]
    public async Task A_conflict_in_the_second_stream_stores_nothing_of_the_first()
    {
        await Store.Appended(Some.Unit(_tenant, _second));
        var result = await Store.Append(Some.Unit(_tenant, Some.On(_tenant, _first), Some.On(_tenant, _second)));
        Assert.Equal(new AppendResult.Conflict(_second, new(1)), result);
        Assert.Empty(await Store.Stream(_tenant, _first));
        Assert.Single(await Store.Sound(_tenant));
    }

    [Fact]
    public async Task A_stream_of_the_platform_commits_with_the_tenants()
    {
        var before = await Store.Head(TenantId.Platform);
        var result = await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _first), Some.On(TenantId.Platform, _second)));
        Assert.Equal((1, 1L), (result.Version.Value, result.Sequence.Value));
        Assert.Single(await Store.Sound(_tenant));
        Assert.Equal(before.Sequence.Value + 1, (await Store.Sound(TenantId.Platform))[^1].Sequence.Value);
        Assert.Equal(TenantId.Platform, Assert.Single(await Store.Stream(TenantId.Platform, _second)).Tenant);
    }

    [Fact]
    public async Task A_conflict_on_the_platform_stores_nothing_of_the_tenant()
    {
        await Store.Appended(Some.Unit(TenantId.Platform, _second));
        var result = await Store.Append(Some.Unit(_tenant, Some.On(_tenant, _first), Some.On(TenantId.Platform, _second)));
        Assert.Equal(new AppendResult.Conflict(_second, new(1)), result);
        Assert.Empty(await Store.Sound(_tenant));
    }

    [Fact]
    public async Task A_hundred_tenants_and_two_processes_share_the_platform_without_blocking_each_other()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var tenants = Enumerable.Range(0, 100).Select(_ => Some.Tenant()).ToArray();
        var before = (await Store.Head(TenantId.Platform)).Sequence.Value;
        var results = await Task.WhenAll(tenants.Select((tenant, n) =>
            both[n % 2].Append(Some.Unit(tenant, Some.On(tenant, Some.Stream()), Some.On(TenantId.Platform, Some.Stream())))));
        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(before + 100, (await Store.Sound(TenantId.Platform)).Count);
        foreach (var tenant in tenants) Assert.Single(await Store.Sound(tenant));
    }
}
