using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A silo whose clock is wrong stamps no events.</summary>
public sealed class WrongClockTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TenantId _tenant = Some.Tenant();
    private readonly WrongClock _time = new();

    [Fact]
    public async Task A_process_that_starts_with_a_wrong_clock_says_so_and_writes_nothing()
    {
        _time.Ahead = TimeSpan.FromDays(1);
        var setup = Setup();
        await using var store = await Fixture.SecondProcess(setup);
        await setup.Heard.Says("The clock of this process is 86400 s ahead of the database's");
        var refused =
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())).Within(Soon));
        Assert.Contains("ahead of the database's", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await Store.Sound(_tenant));
    }

    [Fact]
    public async Task A_clock_that_jumps_while_the_process_runs_stamps_nothing_and_is_taken_again_when_it_is_right()
    {
        var setup = Setup();
        await using var store = await Fixture.SecondProcess(setup);
        var first = await store.Appended(Some.Unit(_tenant, Some.Stream()));
        _time.Ahead = TimeSpan.FromDays(1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())).Within(Soon));
        _time.Ahead = TimeSpan.Zero;
        var second = await AppendedAtLast(store).Within(Soon);
        Assert.Equal(1, setup.Heard.Count("agrees with the database's again"));
        Assert.InRange(second.Time - first.Time, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Whoever_writes_while_the_clocks_are_known_to_differ_compares_them_anew()
    {
        var setup = Setup() with { Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };
        await using var store = await Fixture.SecondProcess(setup);
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        // Another part of the process finds it out: the lane's session is open, and the process' own clock did not jump.
        await store.Clock!.Compare(() => Task.FromResult(setup.Time.GetUtcNow() - TimeSpan.FromDays(1)));
        ((FakeTimeProvider)setup.Time).Advance(TimeSpan.FromSeconds(2));
        await store.Appended(Some.Unit(_tenant, Some.Stream(), 0));
        Assert.False(store.Clock.IsTroubled);
    }

    private async Task<AppendResult.Appended> AppendedAtLast(StoreUnderTest store)
    {
        // The clocks are compared once a second at most.
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return await store.Appended(Some.Unit(_tenant, Some.Stream()));
            }
            catch (StoreUnavailableException)
            {
                await poll.WaitForNextTickAsync();
            }
        }
    }

    private StoreSetup Setup() => new() { Time = _time, Options = o => o.MaxClockDifference = TimeSpan.FromSeconds(10) };
}
