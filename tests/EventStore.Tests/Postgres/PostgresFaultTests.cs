using System.Diagnostics;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>What happens when a writer, the network or the server does not do its part.</summary>
public sealed class PostgresFaultTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private static readonly TimeSpan Bounded = TimeSpan.FromSeconds(15);
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task A_writer_frozen_inside_its_transaction_holds_the_partition_for_less_than_5_seconds()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        await fragile.Appended(Some.Unit(_tenant, _stream));
        var frozen = link.Proxy.FreezeClientWhenServerSays(PostgresWords.ReadyInsideTransaction);
        // The first number of a series is asked for: a transaction of two round trips.
        var stuck = fragile.Append(Some.Drawing(_tenant, Some.Stream(), "orders"));
        await frozen.Within(Bounded);
        Assert.True(await AdvisoryLocks() > 0, "The frozen writer holds no lock: this test proves nothing.");
        await Store.Appended(Some.Unit(_tenant, _stream, 1)).Within(TimeSpan.FromSeconds(5));
        await Settled(stuck);
        await Store.Sound(_tenant);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_repeated_and_stored_once()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        await fragile.Appended(Some.Unit(_tenant, _stream));
        var cut = link.Proxy.CutWhenServerSays(PostgresWords.Committed);
        var result = await fragile.Appended(Some.Unit(_tenant, _stream, 1));
        Assert.True(cut.IsCompleted, "The connection was never cut: this test proves nothing.");
        Assert.Equal((2, 2L), (result.Version.Value, result.Sequence.Value));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_lost_answer_to_a_command_with_key_and_number_uses_neither_up()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        await fragile.Appended(Some.Drawing(_tenant, _stream, "orders"));
        var cut = link.Proxy.CutWhenServerSays(PostgresWords.Committed);
        var result = await fragile.Appended(Some.Drawing(_tenant, _stream, "orders", expected: 1) with { Key = Some.Key("draw") });
        Assert.True(cut.IsCompleted, "The connection was never cut: this test proves nothing.");
        Assert.Equal((2, true), (result.Version.Value, result.AlreadyThere));
        Assert.Equal(3, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
        await HasNumbers(3);
    }

    [Fact]
    public async Task A_batch_whose_answer_is_lost_is_stored_once()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        var cut = link.Proxy.CutWhenServerSays(PostgresWords.Committed);
        var results = await fragile.AppendAll(Enumerable.Range(0, 100).Select(_ => Some.Drawing(_tenant, Some.Stream(), "orders")));
        Assert.True(cut.IsCompleted, "The connection was never cut: this test proves nothing.");
        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Contains(results, result => result is AppendResult.Appended { AlreadyThere: true });
        await HasNumbers(100);
    }

    [Fact]
    public async Task A_network_that_swallows_everything_is_told_in_bounded_time_and_forgotten_when_it_works()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        await fragile.Appended(Some.Unit(_tenant, _stream));
        link.Proxy.Silence();
        var unit = Some.Unit(_tenant, _stream, 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => fragile.Append(unit)).Within(Bounded);
        link.Proxy.Recover();
        Assert.Equal(2, (await AppendedAtLast(fragile, unit)).Version.Value);
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Appends_fail_in_bounded_time_while_the_server_is_down_and_work_by_themselves_after()
    {
        await using var server = await OwnServer.Create();
        await server.Store.Appended(Some.Unit(_tenant, _stream));
        await server.Server.Stop();
        var unit = Some.Unit(_tenant, _stream, 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => server.Store.Append(unit)).Within(Bounded);
        await server.Server.Start();
        Assert.Equal(2, (await AppendedAtLast(server.Store, unit)).Version.Value);
        Assert.Equal(2, (await server.Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_server_that_was_down_is_told_of_once_by_each_loop_and_once_more_when_it_is_back()
    {
        var setup = new StoreSetup();
        await using var server = await OwnServer.Create(setup);
        await server.Store.Appended(Some.Unit(_tenant, _stream));
        await server.Server.Stop();
        await Task.WhenAll(setup.Heard.Says("Cannot listen for commits"), setup.Heard.Says("Cannot ask for the log's heads"));
        await server.Server.Start();
        await Task.WhenAll(setup.Heard.Says("Can listen for commits again"), setup.Heard.Says("Can ask for the log's heads again"));
        await AppendedAtLast(server.Store, Some.Unit(_tenant, _stream, 1));
        await setup.Heard.Says("Can notify others of commits again");
        foreach (var work in (string[])["listen for commits", "ask for the log's heads", "notify others of commits"])
        {
            Assert.Equal((1, 1), (setup.Heard.Count($"Warning: Cannot {work}"), setup.Heard.Count($"Information: Can {work} again")));
        }
    }

    [Fact]
    public async Task A_server_that_ends_all_sessions_under_load_loses_and_doubles_nothing()
    {
        await using var victim = await Fixture.SecondProcess();
        var appends = Enumerable.Range(0, 200).Select(_ => victim.Append(Some.Drawing(_tenant, Some.Stream(), "orders"))).ToArray();
        await appends[0];
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        Assert.All(await Task.WhenAll(appends), result => Assert.IsType<AppendResult.Appended>(result));
        await HasNumbers(200);
    }

    [Fact]
    public async Task A_read_whose_session_the_server_ended_is_answered_or_fails_as_the_contract_says()
    {
        await using var victim = await Fixture.SecondProcess();
        await victim.Appended(Some.Unit(_tenant, _stream));
        await victim.Sound(_tenant);
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        var failure = await Record.ExceptionAsync(() => victim.Company(_tenant));
        Assert.True(failure is null or StoreUnavailableException, $"{failure}");
    }

    [Fact]
    public async Task A_server_that_only_reads_for_a_while_is_unavailable_and_refuses_nobody()
    {
        await using var server = await OwnServer.Create();
        await server.Store.Appended(Some.Unit(_tenant, _stream));
        await server.OnlyReads(true);
        var unit = Some.Unit(_tenant, _stream, 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => server.Store.Append(unit)).Within(Bounded);
        await server.OnlyReads(false);
        Assert.Equal(2, (await AppendedAtLast(server.Store, unit)).Version.Value);
    }

    [Fact]
    public async Task More_appends_than_can_wait_are_told_to_come_back()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new() { Options = options => options.MaxQueue = 10 });
        await fragile.Appended(Some.Unit(_tenant, _stream));
        link.Proxy.Silence();
        var ends = Enumerable.Range(0, 100)
            .Select(_ => Record.ExceptionAsync(() => fragile.Append(Some.Unit(_tenant, Some.Stream()))).AsTask()).ToArray();
        var failures = await Task.WhenAll(ends).Within(Bounded * 2);
        Assert.InRange(failures.Count(failure => failure is StoreBusyException), 79, 99);
        Assert.All(failures, failure => Assert.True(failure is StoreBusyException or StoreUnavailableException, $"{failure}"));
        link.Proxy.Recover();
        await AppendedAtLast(fragile, Some.Unit(_tenant, Some.Stream()));
        await Store.Sound(_tenant);
    }

    [Fact]
    public async Task A_commit_of_one_process_wakes_who_waits_in_another_within_a_second()
    {
        await using var other = await Fixture.SecondProcess();
        for (var round = 0; round < 5; round++)
        {
            var known = (await Store.Heads()).GetValueOrDefault(_tenant.Partition);
            var waiting = other.WaitBeyond(_tenant.Partition, known, TimeSpan.FromSeconds(30));
            await Store.Appended(Some.Unit(_tenant, Some.Stream()));
            Assert.True(await waiting.Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public async Task An_idle_store_with_a_waiter_in_every_partition_hardly_asks_the_server()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var idle = await StoreFactory.Postgres(link.ConnectionString, new());
        await idle.Appended(Some.Unit(_tenant, _stream));
        var heads = await idle.Heads();
        var before = link.Proxy.Requests;
        await Task.WhenAll(Enumerable.Range(0, TenantId.Partitions).Select(partition =>
            idle.WaitBeyond(partition, heads.GetValueOrDefault(partition), TimeSpan.FromSeconds(4))));
        Assert.InRange(link.Proxy.Requests - before, 0, 12);
    }

    private Task<long> AdvisoryLocks() => PostgresDatabases.Scalar<long>(
        Fixture.ConnectionString,
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and l.granted and "
            + "d.datname = current_database()");

    /// <summary>
    /// The tenant's log is sound and its events carry the numbers from 1 on; read by a process that saw none of the faults.
    /// </summary>
    private async Task HasNumbers(int count)
    {
        await using var witness = await Fixture.SecondProcess();
        var log = await witness.Sound(_tenant);
        Assert.Equal(Enumerable.Range(1, count).Select(n => $$"""{"number":{{n}}}"""), log.Select(e => Some.Text(e.Data)));
    }

    /// <summary>Whatever became of it, it ended in bounded time and in a way that the contract names.</summary>
    private static async Task Settled(Task<AppendResult> append)
    {
        var ended = await Record.ExceptionAsync(() => append.Within(Bounded));
        Assert.True(ended is null or StoreUnavailableException, $"{ended}");
    }

    /// <summary>Sends a unit again until it is stored, as the contract asks after an unknown outcome.</summary>
    private static async Task<AppendResult.Appended> AppendedAtLast(StoreUnderTest store, AppendUnit unit)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await store.Appended(unit);
            }
            catch (StoreUnavailableException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                // Not yet: the store finds its way back by itself.
            }
        }
    }
}
