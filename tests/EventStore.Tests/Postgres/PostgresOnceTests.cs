using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Logging;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

public sealed class PostgresOnceTests(PostgresStore fixture) : OnceTests<PostgresStore>(fixture)
{
    private const string OfHolder = "from pg_stat_activity where datname = current_database() and application_name = 'tms-turns'";
    private static readonly TimeSpan Bounded = TimeSpan.FromSeconds(15);
    private readonly string _work = $"work-{Guid.CreateVersion7()}";

    [Fact]
    public async Task One_of_two_processes_has_a_turn_until_it_ends()
    {
        await using var other = await Fixture.SecondProcess();
        await using (var first = await Fixture.SecondProcess())
        {
            Assert.True(await Try(first));
            Assert.False(await Try(other));
        }

        await Passes(other).Within(Bounded);
    }

    [Fact]
    public async Task A_process_that_begins_to_stop_gives_its_turn_back_and_takes_none_any_more()
    {
        await using var stopping = await Fixture.SecondProcess();
        Assert.True(await Try(stopping));
        stopping.BeginStop();
        await Passes(Store).Within(Bounded);
        Assert.False(await Try(stopping));
        Assert.False(await stopping.Turns.Try($"{_work}-other", "", Cancel));
    }

    [Fact]
    public async Task Releases_that_work_in_different_ways_have_a_turn_each()
    {
        await using var next = await Fixture.SecondProcess();
        Assert.True(await Store.Turns.Try(_work, "a@1", Cancel));
        Assert.True(await next.Turns.Try(_work, "a@1 b@1", Cancel));
    }

    [Fact]
    public async Task A_holder_whose_session_the_server_ended_says_so_and_takes_the_turn_again_if_it_is_free()
    {
        var heard = new HeardLog();
        await using var holder = await Fixture.SecondProcess(new() { Heard = heard });
        Assert.True(await Try(holder));
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        Assert.True(await Try(Store));
        Assert.False(await Try(holder));
        Assert.Equal((1, 1), (heard.Count($"has the turn of {_work}"), heard.Count($"has lost the turn of {_work}")));
    }

    [Fact]
    public async Task A_process_that_falls_silent_loses_its_turn()
    {
        // Its clock stands still: it says nothing between two questions.
        await using var frozen =
            await Fixture.SecondProcess(new() { Time = new FakeTimeProvider(), Options = o => o.TurnTimeout = TimeSpan.FromSeconds(1) });
        Assert.True(await Try(frozen));
        await Passes(Store).Within(Bounded);
        Assert.False(await Try(frozen));
    }

    [Fact]
    public async Task A_process_that_lives_speaks_before_it_loses_its_turn()
    {
        var time = new FakeTimeProvider();
        var timeout = TimeSpan.FromHours(1);
        await using var holder = await Fixture.SecondProcess(new() { Time = time, Options = o => o.TurnTimeout = timeout });
        Assert.True(await Try(holder));
        var asked = await PostgresDatabases.Scalar<DateTime>(Fixture.ConnectionString, $"select max(query_start) {OfHolder}");
        while (await PostgresDatabases.Scalar<DateTime>(Fixture.ConnectionString, $"select max(query_start) {OfHolder}") == asked)
            time.Advance(timeout / 3);
        Assert.True(await Try(holder));
    }

    [Fact]
    public async Task A_process_whose_session_is_gone_when_it_speaks_has_no_turn_and_lives_on()
    {
        var (time, heard, timeout) = (new FakeTimeProvider(), new HeardLog(), TimeSpan.FromHours(1));
        await using var holder = await Fixture.SecondProcess(new() { Time = time, Heard = heard, Options = o => o.TurnTimeout = timeout });
        Assert.True(await Try(holder));
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        var lost = heard.Says($"has lost the turn of {_work}");
        while (!lost.IsCompleted)
        {
            time.Advance(timeout / 3);
            await Task.Yield();
        }

        await lost;
        Assert.False(holder.Ending.IsCancellationRequested);
        Assert.True(await Try(holder));
    }

    [Fact]
    public async Task A_keeper_leaves_to_the_one_that_has_the_turn_what_is_behind_and_takes_over_when_that_ends()
    {
        var setup = new StoreSetup();
        var company = new Business();
        await using (var old = await Fixture.SecondProcess(new() { Projections = [], Entries = [] })) await company.Works(old);
        var holder = await Fixture.SecondProcess();
        var kept = new InlineModels(setup.Projections, setup.Entries, setup.Parts, setup.Tallies).Names;
        Assert.True(await holder.Turns.Try("read-model-keeper", kept, Cancel));

        await using var keeper =
            await Fixture.SecondProcess(setup with { Keeper = true, Options = o => o.KeeperPeriod = TimeSpan.FromSeconds(1) });
        await AsksTwice();
        await Store.LacksRows(company.Tenant, setup);
        await holder.DisposeAsync();
        await setup.Heard.Says("The read models of all companies are up to date");
        await Store.HasRows(company.Tenant, setup);
    }

    // It asks for the turn a second time: its first look is over.
    private async Task AsksTwice()
    {
        const string Newest = $"select coalesce((select query_start {OfHolder} and query like 'select pg_try%' order by backend_start "
            + $"desc limit 1), '-infinity') where (select count(*) > 1 {OfHolder})";
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var times = new HashSet<DateTime>();
        while (times.Count < 3)
        {
            if (await PostgresDatabases.Scalar<object?>(Fixture.ConnectionString, Newest) is DateTime asked) times.Add(asked);
            await poll.WaitForNextTickAsync(Cancel);
        }
    }

    private Task<bool> Try(StoreUnderTest process) => process.Turns.Try(_work, "", Cancel).AsTask().WaitAsync(Bounded);

    private async Task Passes(StoreUnderTest to)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await Try(to)) await poll.WaitForNextTickAsync(Cancel);
    }
}
