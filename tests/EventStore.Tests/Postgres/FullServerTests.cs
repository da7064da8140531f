using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tms.EventStore.Postgres;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A server that takes no more connections.</summary>
public sealed class FullServerTests
{
    private const int Readers = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_writer_that_lost_its_session_takes_the_place_of_a_reader_that_rests()
    {
        var (server, mine, role) = await CreateRole();
        await PostgresStore.CreateTables(mine);
        await using var store = await StoreFactory.Postgres(mine, new());
        await store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
        await Rest(store);

        await PostgresDatabases.Execute(server, $"alter role {role} connection limit {Readers}");
        await PostgresDatabases.Scalar<long>(
            server,
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = "
                + "'tms-lane'");
        await store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
    }

    [Fact]
    public async Task Readers_give_way_once_a_second_however_often_a_writer_is_refused()
    {
        var (server, mine, role) = await CreateRole();
        var time = new FakeTimeProvider();
        await using var connections = new PostgresConnections(mine, new(), time);
        await using var other = new NpgsqlConnection(mine + ";Pooling=false");
        await other.OpenAsync(Cancel);
        await Reader(connections);
        await PostgresDatabases.Execute(server, $"alter role {role} connection limit 2");
        await Refused(connections);
        await HasSessions(server, role, 1);

        var reader = await Reader(connections);
        await Refused(connections);
        Assert.Equal(reader, await Reader(connections));
        time.Advance(TimeSpan.FromSeconds(1));
        await Refused(connections);
        await HasSessions(server, role, 1);
        await using var writer = await connections.OpenSession(Cancel);
    }

    private static async Task<(string Server, string Mine, string Role)> CreateRole()
    {
        var server = await PostgresDatabases.CreateDatabase();
        var role = $"tms_{Guid.CreateVersion7():n}";
        var database = new NpgsqlConnectionStringBuilder(server).Database;
        await PostgresDatabases.Execute(server, $"create role {role} login password '{role}'; alter database {database} owner to {role}");
        return (server, new NpgsqlConnectionStringBuilder(server) { Username = role, Password = role }.ConnectionString, role);
    }

    /// <summary>Uses a reader's connection and lets it rest.</summary>
    private static async Task<int> Reader(PostgresConnections connections)
    {
        await using var reader = await connections.Queries.OpenConnectionAsync(Cancel);
        return reader.ProcessID;
    }

    private static async Task Refused(PostgresConnections connections)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(async () => await connections.OpenSession(Cancel));
        Assert.Equal(PostgresErrorCodes.TooManyConnections, refusal.SqlState);
    }

    private static async Task HasSessions(string server, string role, int count)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var sql = $"select count(*) = {count} from pg_stat_activity where usename = '{role}'";
        while (!await PostgresDatabases.Scalar<bool>(server, sql)) await poll.WaitForNextTickAsync(Cancel);
    }

    /// <summary>Leaves so many connections in the pool of readers.</summary>
    private static async Task Rest(StoreUnderTest store)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => store.Database.Open(Cancel).AsTask()));
        foreach (var connection in open) await connection.DisposeAsync();
    }
}
