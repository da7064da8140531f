using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A partition that another session holds stops its own companies only, and nobody for longer than its holder lives.</summary>
public sealed class LockedPartitionTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private const int Held = 5;
    private readonly TenantId _held = Some.TenantIn(Held);

    [Fact]
    public async Task Companies_of_other_partitions_are_served_while_one_partition_is_held()
    {
        var others = Enumerable.Range(0, TenantId.Partitions).Where(p => p != Held).Select(Some.TenantIn).ToList();
        await using var session = await Hold(Held);
        var waiting = Store.Append(Some.Unit(_held, Some.Stream()));
        var slowest = TimeSpan.Zero;
        // Each round holds a unit of the held partition among those of all others.
        for (var round = 0; round < 20; round++)
        {
            var late = Store.Append(Some.Unit(Some.TenantIn(Held), Some.Stream()));
            using var since = WorkingTime.Start();
            await Store.AppendAll(others.Select(o => Some.Unit(o, Some.Stream())));
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
            Assert.False(late.IsCompleted || waiting.IsCompleted);
        }

        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await session.DisposeAsync();
        Assert.IsType<AppendResult.Appended>(await waiting);
        foreach (var other in others) Assert.Equal(20, (await Store.Sound(other)).Count);
    }

    [Fact]
    public async Task Units_of_a_held_partition_are_told_in_bounded_time_and_the_next_are_stored_when_it_is_free()
    {
        var setup = new StoreSetup { Options = o => o.AppendTimeout = TimeSpan.FromSeconds(1) };
        await using var hasty = await Fixture.SecondProcess(setup);
        await using (await Hold(Held))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => hasty.Append(Some.Unit(_held, Some.Stream())))
                .Within(TimeSpan.FromSeconds(10));
        }

        await hasty.Appended(Some.Unit(_held, Some.Stream()));
        await setup.Heard.Says($"Partition {Held} of the event log is free again");
        Assert.Equal((1, 1), (setup.Heard.Count($"Warning: Partition {Held} of"), setup.Heard.Count($"Information: Partition {Held} of")));
        Assert.Single(await Store.Sound(_held));
    }

    [Fact]
    public async Task A_partition_that_was_held_for_a_moment_is_the_lanes_again_while_its_callers_go_on()
    {
        var setup = new StoreSetup();
        await using var busy = await Fixture.SecondProcess(setup);
        await using var session = await Hold(Held);
        using var enough = new CancellationTokenSource();
        // More than are tried at once: some wait at any time.
        var callers = Enumerable.Range(0, 20).Select(_ => GoOn(busy, Some.TenantIn(Held), enough.Token)).ToList();
        await setup.Heard.Says($"Partition {Held} of the event log is locked");
        await session.DisposeAsync();
        await setup.Heard.Says($"Partition {Held} of the event log is free again");
        await enough.CancelAsync();
        Assert.All(await Task.WhenAll(callers), appended => Assert.True(appended > 0));
    }

    [Fact]
    public async Task A_company_waits_for_the_platforms_partition_only_if_its_unit_needs_it()
    {
        await using var session = await Hold(TenantId.Platform.Partition);
        var tenant = Some.TenantIn(Held);
        var both = Store.Append(Some.Unit(tenant, Some.On(tenant, Some.Stream()), Some.On(TenantId.Platform, Some.Stream("notices"))));
        await Store.Appended(Some.Unit(tenant, Some.Stream()));
        Assert.False(both.IsCompleted);
        await session.DisposeAsync();
        Assert.IsType<AppendResult.Appended>(await both);
        Assert.Equal(2, (await Store.Sound(tenant)).Count);
    }

    [Fact]
    public async Task A_writer_lost_in_the_middle_of_sending_a_batch_holds_its_partition_for_less_than_5_seconds()
    {
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        for (var version = 0; version < 3; version++) await fragile.Appended(Some.Unit(_held, Some.Stream()));
        var frozen = link.Proxy.FreezeClientsAfter(8192);
        var stuck = fragile.Append(Some.Unit(_held, Some.Stream(), 0, Some.Event(new byte[200_000])));
        await frozen.Within(TimeSpan.FromSeconds(15));
        await IsHeld(Held).Within(TimeSpan.FromSeconds(15));

        using var since = WorkingTime.Start();
        await Store.Appended(Some.Unit(_held, Some.Stream()));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var ended = await Record.ExceptionAsync(() => stuck.Within(TimeSpan.FromSeconds(20)));
        Assert.True(ended is null or StoreUnavailableException, $"{ended}");
        await Store.Sound(_held);
    }

    [Fact]
    public async Task A_reader_of_a_table_that_is_held_gives_its_connection_back_in_seconds()
    {
        await using var holder = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await holder.OpenAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using var take = new NpgsqlCommand("lock table test_totals in access exclusive mode", holder);
        await take.ExecuteNonQueryAsync(Cancel);
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Store.Database.Query("select 1 from test_totals", r => r.GetInt32(0), Cancel));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(fault.InnerException).SqlState);
        // There is nothing wrong with the connection: nobody says that the database is away.
        Assert.Equal("Somebody else holds a table of the database.", fault.Message);
    }

    [Fact]
    public async Task A_commit_that_waits_for_its_standby_is_not_acknowledged_before_the_standby_has_it()
    {
        await using var server = await OwnServer.Create();
        var stream = Some.Stream();
        await server.Store.Appended(Some.Unit(_held, stream));
        await PostgresDatabases.Execute(server.Server.ConnectionString, "alter system set synchronous_standby_names = 'away'");
        await server.Server.Stop();
        await server.Server.Start();
        var unit = Some.Unit(_held, stream, 1);
        // Many at once hear it as soon as one does.
        var many = Enumerable.Range(0, 64).Select(_ => Some.Unit(Some.Tenant(), Some.Stream())).Append(unit);
        foreach (var ended in await Task.WhenAll(many.Select(u => Record.ExceptionAsync(() => server.Store.Append(u)).AsTask()))
            .Within(TimeSpan.FromSeconds(20)))
        {
            Assert.IsType<StoreUnavailableException>(ended);
        }

        await PostgresDatabases.Execute(server.Server.ConnectionString, "alter system reset synchronous_standby_names");
        await PostgresDatabases.Execute(server.Server.ConnectionString, "select pg_reload_conf()");
        Assert.Equal(2, (await server.Store.Appended(unit)).Version.Value);
        Assert.Equal(2, (await server.Store.Sound(_held)).Count);
    }

    private static async Task<int> GoOn(StoreUnderTest store, TenantId tenant, CancellationToken enough)
    {
        var appended = 0;
        for (; !enough.IsCancellationRequested; appended++) await store.Appended(Some.Unit(tenant, Some.Stream()));
        return appended;
    }

    private async Task IsHeld(int partition)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var sql = $"select exists (select from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() "
            + $"and l.locktype = 'advisory' and l.granted and l.objid = {partition})";
        while (!await PostgresDatabases.Scalar<bool>(Fixture.ConnectionString, sql)) await poll.WaitForNextTickAsync();
    }

    /// <summary>Another session that holds a partition's lock until it is disposed.</summary>
    private async Task<NpgsqlConnection> Hold(int partition)
    {
        var session = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await session.OpenAsync();
        await using var take = new NpgsqlCommand($"select pg_advisory_lock(1414353713, {partition})", session);
        await take.ExecuteNonQueryAsync();
        return session;
    }
}
