using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class AppendTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task The_first_event_makes_version_1_and_sequence_1()
    {
        var result = await Store.Appended(Some.Unit(_tenant, _stream));
        Assert.Equal((new StreamVersion(1), new CompanySequence(1), 0), (result.Version, result.Sequence, result.Numbers.Count));
        var stored = Assert.Single(await Store.Sound(_tenant));
        Assert.Equal((_tenant, _stream, result.Time), (stored.Tenant, stored.Stream, stored.Time));
    }

    [Fact]
    public async Task The_result_names_the_last_event_of_the_unit()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)));
        var result = await Store.Appended(Some.Unit(_tenant, _stream, 2, Some.Events(3)));
        Assert.Equal((5, 5L), (result.Version.Value, result.Sequence.Value));
    }

    [Fact]
    public async Task Sequences_follow_the_order_in_which_appends_were_acknowledged()
    {
        var acknowledged = new List<long>();
        for (var i = 0; i < 20; i++) acknowledged.Add((await Store.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), acknowledged);
        await Store.Sound(_tenant);
    }

    [Fact]
    public async Task Two_hundred_concurrent_appends_of_fifty_tenants_leave_no_gap_in_any_log()
    {
        var tenants = Enumerable.Range(0, 50).Select(_ => Some.Tenant()).ToArray();
        var results = await Store.AppendAll(
            Enumerable.Range(0, 200).Select(n => Some.Unit(tenants[n % 50], Some.Stream(), 0, Some.Events(1 + (n % 3)))));
        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        var logs = await Task.WhenAll(tenants.Select(Store.Sound));
        Assert.Equal(Enumerable.Range(0, 200).Sum(n => 1 + (n % 3)), logs.Sum(log => log.Count));
    }

    [Fact]
    public async Task The_result_of_each_concurrent_append_points_at_its_own_event()
    {
        var units = Enumerable.Range(0, 100).Select(_ => Some.Unit(_tenant, Some.Stream())).ToArray();
        var results = await Store.AppendAll(units);
        var log = await Store.Sound(_tenant);
        Assert.All(units.Zip(results), pair => Assert.Equal(
            pair.First.Streams[0].Events[0].Id,
            log[(int)Assert.IsType<AppendResult.Appended>(pair.Second).Sequence.Value - 1].Id));
    }

    [Fact]
    public async Task Many_large_units_at_once_are_all_stored()
    {
        var results =
            await Store.AppendAll(Enumerable.Range(0, 16).Select(_ => Some.Unit(_tenant, Some.Stream(), 0, Some.Event(new byte[3 << 20]))));
        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(16, (await Store.Head(_tenant)).Sequence.Value);
    }

    [Fact]
    public async Task Two_processes_give_one_sequence()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => both[n % 2].Append(Some.Unit(_tenant, Some.Stream()))));
        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(100, (await other.Sound(_tenant)).Count);
    }
}
