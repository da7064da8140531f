using System.Globalization;
using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>What a lane's session is told when it begins, as the session itself sees it.</summary>
public sealed class LaneSessionTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private const string Tells = """
        create table told (name text, value text);
        create function tell() returns trigger language plpgsql as $$
        begin
          insert into told select name, setting from pg_settings;
          insert into told values ('the client', inet_client_port()::text);
          return null;
        end $$;
        create trigger tells after insert on events for each statement execute function tell()
        """;

    [Fact]
    public async Task A_lane_is_bounded_by_the_server_and_asks_whether_a_silent_server_is_there()
    {
        await PostgresDatabases.Execute(Fixture.ConnectionString, Tells);
        await Store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
        var told = (await Store.Database.Query("select name, value from told", r => (Name: r.GetString(0), Value: r.GetString(1)), Cancel))
            .ToDictionary(t => t.Name, t => t.Value);
        string Says(string name) => $"{name}={told[name]}";
        Assert.Equal("lock_timeout=500 idle_in_transaction_session_timeout=3000 tcp_user_timeout=5000",
            $"{Says("lock_timeout")} {Says("idle_in_transaction_session_timeout")} {Says("tcp_user_timeout")}");
        Assert.Equal("tcp_keepalives_idle=3 tcp_keepalives_interval=1 tcp_keepalives_count=2",
            $"{Says("tcp_keepalives_idle")} {Says("tcp_keepalives_interval")} {Says("tcp_keepalives_count")}");
        // Servers before 17 have no such bound.
        if (told.ContainsKey("transaction_timeout")) Assert.Equal("transaction_timeout=15000", Says("transaction_timeout"));
        await HasKeepalive(told["the client"]).Within(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Writers_see_each_others_commits_whatever_isolation_the_database_is_set_to()
    {
        var database = new NpgsqlConnectionStringBuilder(Fixture.ConnectionString).Database;
        await PostgresDatabases.Execute(
            Fixture.ConnectionString, $"alter database {database} set default_transaction_isolation = 'repeatable read'");
        await using var one = await Fixture.SecondProcess();
        await using var other = await Fixture.SecondProcess();
        var tenant = Some.Tenant();
        for (var round = 0; round < 20; round++)
        {
            var results = await Task.WhenAll(
                one.Append(Some.Drawing(tenant, Some.Stream(), "orders")), other.Append(Some.Drawing(tenant, Some.Stream(), "orders")));
            Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        }

        Assert.Equal(40, (await Store.Sound(tenant)).Count);
    }

    /// <summary>
    /// Returns when the kernel counts down to the next keepalive of a client's connection. A connection without them never does.
    /// </summary>
    private static async Task HasKeepalive(string port)
    {
        var address = $":{int.Parse(port, CultureInfo.InvariantCulture):X4}";
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            // Number, own address, other address, state, queues, timer: 02 is that of keepalives.
            var rows = (await File.ReadAllLinesAsync("/proc/net/tcp", Cancel))
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (rows.Any(r => r[1].EndsWith(address, StringComparison.Ordinal) && r[5].StartsWith("02:", StringComparison.Ordinal))) return;
        }
        while (await poll.WaitForNextTickAsync(Cancel));
    }
}
