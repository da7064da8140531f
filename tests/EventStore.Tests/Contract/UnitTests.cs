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
    public async Task A_unit_may_rest_on_a_version_of_a_stream_that_gets_nothing()
    {
        await Store.Appended(Some.Unit(_tenant, _second, 0, Some.Events(2)));
        var unit = Some.Unit(_tenant, Some.On(_tenant, _first), new StreamAppend(_tenant, _second, new(2), []));
        var stored = await Store.Appended(unit);
        Assert.Equal((1, 3L), (stored.Version.Value, stored.Sequence.Value));
        Assert.Equal(2, (await Store.Stream(_tenant, _second)).Count);
        await Store.Appended(Some.Unit(_tenant, _second, 2));
        Assert.True((await Store.Appended(unit)).AlreadyThere);
        Assert.Equal(4, (await Store.Sound(_tenant)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_stream_that_has_moved_on_from_the_version_that_a_unit_rests_on_is_a_conflict(int rested)
    {
        await Store.Appended(Some.Unit(_tenant, _second, 0, Some.Events(2)));
        var result = await Store.Append(Some.Unit(_tenant, Some.On(_tenant, _first), new StreamAppend(_tenant, _second, new(rested), [])));
        Assert.Equal(new AppendResult.Conflict(_second, new(2)), result);
        Assert.Empty(await Store.Stream(_tenant, _first));
    }

    [Fact]
    public async Task Of_two_units_that_rest_on_each_others_stream_one_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, other) = (Some.Stream(), Some.Stream());
            await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, one), Some.On(_tenant, other)));
            await Store.Appended(Some.Unit(_tenant, Some.Stream()));
            var results = await Store.AppendAll([
                Some.Unit(_tenant, Some.On(_tenant, one, 1), new StreamAppend(_tenant, other, new(1), [])),
                Some.Unit(_tenant, Some.On(_tenant, other, 1), new StreamAppend(_tenant, one, new(1), []))]);
            Assert.Single(results.OfType<AppendResult.Appended>());
        }
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
