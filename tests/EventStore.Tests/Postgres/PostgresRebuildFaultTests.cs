using Npgsql;
using Tms.EventStore.Postgres;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>Read models whose partition or table others hold up.</summary>
public sealed class PostgresRebuildFaultTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private const int FirstReadAfterTheRefusal = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly StoreSetup Older = new() { Projections = [], Entries = [new WordEntries()] };

    [Fact]
    public async Task A_partition_that_another_session_holds_costs_the_rebuild_of_its_companies_only()
    {
        TenantId[] tenants = [Some.TenantIn(7), Some.TenantIn(8), Some.TenantIn(9)];
        foreach (var tenant in tenants) await Store.Appended(Some.Unit(tenant, Some.Stream(TotalsProjection.Stream)));
        foreach (var tenant in tenants)
            await Store.Database.Execute("update test_totals set total = -99 where tenant = @tenant", Cancel, ("tenant", tenant.Value));
        await using (var session = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false"))
        {
            await session.OpenAsync(Cancel);
            await using var hold = new NpgsqlCommand("select pg_advisory_lock(1414353713, 8)", session);
            await hold.ExecuteNonQueryAsync(Cancel);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit));
        }

        Assert.Equal(
            [1L, -99L, 1L],
            await Task.WhenAll(tenants.Select(async t => Assert.Single(await Store.Rows(new TotalsProjection().Table, t))[3])));
        await Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
        foreach (var tenant in tenants) await Store.HasRows(tenant, new() { Entries = [] });
    }

    [Fact]
    public async Task A_table_that_is_slow_to_write_leaves_the_others_to_a_later_append()
    {
        var company = new Business();
        await using var older = await Fixture.SecondProcess(Older);
        await company.Works(older);
        await PostgresDatabases.Execute(Fixture.ConnectionString, """
            create function sleeps() returns trigger language plpgsql as $$ begin perform pg_sleep(1.2); return null; end $$;
            create trigger sleeps after insert on test_firsts execute function sleeps()
            """);
        await company.Works(Store).Within(Limit);
        Assert.Equal("test_firsts@1 test_words@1", await Store.Covered(company.Tenant));
        await PostgresDatabases.Execute(Fixture.ConnectionString, "drop trigger sleeps on test_firsts");
        await company.Works(Store).Within(Limit);
        await Store.HasRows(company.Tenant, new());
    }

    [Fact]
    public async Task A_wrong_row_of_a_later_piece_is_not_in_the_way_of_a_right_one()
    {
        var tenant = Some.Tenant();
        GatedReader? reader = null;
        await using var rebuilder =
            await Fixture.SecondProcess(new() { Reader = inner => reader = new(inner, tenant, FirstReadAfterTheRefusal) });
        // In the order of the pieces: ids of one moment are in none.
        StreamName[] streams = [.. Enumerable.Range(0, 260).Select(_ => Some.Stream(TotalsProjection.Stream)).OrderBy(s => s.Id)];
        await Store.Appended(Some.Unit(tenant, [.. streams.Select((s, i) => Some.On(tenant, s, 0, Some.Event(1000 + i)))]));
        await PostgresDatabases.Execute(
            Fixture.ConnectionString, $"create unique index taken on test_totals (total) where tenant = '{tenant.Value}'");
        await Spoil(streams[0], 7);
        await Spoil(streams[250], 1000);
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader!.Reached.Within(Limit);
        // From now on rows are missing: nobody may go on from them.
        Assert.Equal("test_firsts@1 test_words@1", await Store.Covered(tenant));
        reader.Open();
        await rebuilding.Within(Limit);
        Assert.Equal("test_firsts@1 test_totals@1 test_words@1", await Store.Covered(tenant));
        await PostgresDatabases.Execute(Fixture.ConnectionString, "drop index taken");
        await Store.HasRows(tenant, new() { Entries = [] });
    }

    [Fact]
    public async Task A_walk_that_has_begun_lets_a_writer_hold_the_partition_for_longer_than_one_wait()
    {
        var tenant = Some.TenantIn(11);
        await using var connection = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await using var holder = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await holder.OpenAsync(Cancel);
        await using var session = new PostgresRebuildSession(connection, tenant);
        await session.Locked(_ => Task.FromResult(0), Cancel);
        await Run(holder, "select pg_advisory_lock(1414353713, 11)");
        var change = session.Locked(_ => Task.FromResult(1), Cancel);
        var first = await Wait(holder, connection.ProcessID, since: DateTime.MinValue);
        Assert.True(await Wait(holder, connection.ProcessID, since: first) > first);
        await Run(holder, "select pg_advisory_unlock(1414353713, 11)");
        Assert.Equal(1, await change.Within(Limit));
    }

    /// <summary>Returns when a transaction that began after a moment waits for a lock; answers when it began.</summary>
    private static async Task<DateTime> Wait(NpgsqlConnection asks, int session, DateTime since)
    {
        const string waiting = "select xact_start from pg_stat_activity where pid = $1 and wait_event_type = 'Lock' and xact_start > $2";
        using var limit = new CancellationTokenSource(Limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await poll.WaitForNextTickAsync(limit.Token))
        {
            await using var ask = new NpgsqlCommand(waiting, asks)
            {
                Parameters = { new() { Value = session }, new() { Value = DateTime.SpecifyKind(since, DateTimeKind.Utc) } },
            };
            if (await ask.ExecuteScalarAsync(limit.Token) is DateTime began) return began;
        }

        throw new TimeoutException();
    }

    private static async Task Run(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private Task Spoil(StreamName stream, long total) =>
        Store.Database.Execute("update test_totals set total = @total where id = @id", Cancel, ("total", total), ("id", stream.Id));
}
