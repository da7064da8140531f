using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ClockTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task An_event_has_the_time_of_the_writers_clock_in_whole_microseconds()
    {
        await using var store = await Fixture.SecondProcess(new() { Time = _time });
        _time.Advance(TimeSpan.FromTicks(12_345));
        var result = await store.Appended(Some.Unit(_tenant, Some.Stream()));
        Assert.Equal(Noon.AddTicks(12_340), result.Time);
        Assert.Equal(result.Time, (await store.Sound(_tenant))[0].Time);
    }

    [Fact]
    public async Task Time_never_runs_backwards_within_a_tenant_even_when_the_clock_does()
    {
        await using var store = await Fixture.SecondProcess(new() { Time = _time });
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        _time.AdjustTime(Noon.AddMinutes(-10));
        var late = await store.Appended(Some.Unit(_tenant, Some.Stream()));
        var other = await store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
        Assert.Equal((Noon, Noon.AddMinutes(-10)), (late.Time, other.Time));
        await store.Sound(_tenant);
    }

    [Fact]
    public async Task A_second_process_whose_clock_is_behind_does_not_turn_time_back()
    {
        await using var ahead = await Fixture.SecondProcess(new() { Time = _time });
        await using var behind = await Fixture.SecondProcess(new() { Time = new FakeTimeProvider(Noon.AddDays(-1)) });
        await ahead.Appended(Some.Unit(_tenant, Some.Stream()));
        Assert.Equal(Noon, (await behind.Appended(Some.Unit(_tenant, Some.Stream()))).Time);
    }
}
