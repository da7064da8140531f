using Npgsql;
using Tms.EventStore.Postgres;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A server that is gone in the middle of a statement, without a word: nobody waits for its answer for good.</summary>
public sealed class LostServerTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_lane_whose_server_is_lost_while_it_makes_up_for_a_gap_writes_when_the_server_is_back()
    {
        var company = new Business();
        await using var older = await Fixture.SecondProcess(new() { Projections = [] });
        await company.Works(older);
        using var link = FragileLink.To(Fixture.ConnectionString);
        await using var fragile = await StoreFactory.Postgres(link.ConnectionString, new());
        await Sleeps("before update of models on tenants");
        var unit = Some.Unit(company.Tenant, Some.Stream());
        var silent = link.Proxy.SilenceWhenServerSays("falls asleep"u8.ToArray());
        var lost = Record.ExceptionAsync(() => fragile.Append(unit)).AsTask();
        await silent.Within(Limit);
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        await PostgresDatabases.Execute(Fixture.ConnectionString, "drop function sleeps() cascade");
        Assert.True(await lost.Within(Limit) is null or StoreUnavailableException);
        await fragile.Appended(unit).Within(Limit);
        await fragile.HasRows(company.Tenant, new());
    }

    [Fact]
    public async Task A_rebuild_does_not_wait_for_a_statement_for_good()
    {
        await Sleeps("before delete on test_firsts");
        await using var connection = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false;Cancellation Timeout=-1");
        await connection.OpenAsync(Cancel);
        await using var session = new PostgresRebuildSession(connection, Some.Tenant()) { Limit = 1 };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => session.Locked(async held =>
        {
            await held.Clear("test_firsts", Some.Tenant(), Cancel);
            return 0;
        }, Cancel).Within(Limit));
    }

    private Task Sleeps(string when) => PostgresDatabases.Execute(Fixture.ConnectionString, $"""
        drop function if exists sleeps() cascade;
        create function sleeps() returns trigger language plpgsql as $$ begin raise notice 'falls asleep'; perform pg_sleep(100); return
          new; end $$;
        create trigger sleeps {when} for each statement execute function sleeps()
        """);
}
