using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A server that takes no more connections.</summary>
public sealed class FullServerTests
{
    private const int Readers = 6;

    [Fact]
    public async Task A_writer_that_lost_its_session_takes_the_place_of_a_reader_that_rests()
    {
        var server = await PostgresDatabases.CreateDatabase();
        var role = $"tms_{Guid.CreateVersion7():n}";
        await PostgresDatabases.Execute(server, $"create role {role} login password '{role}'; alter database {new NpgsqlConnectionStringBuilder(server).Database} owner to {role}");
        var mine = new NpgsqlConnectionStringBuilder(server) { Username = role, Password = role }.ConnectionString;
        await PostgresStore.CreateTables(mine);
        await using var store = await StoreFactory.Postgres(mine, new());
        await store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
        await Rest(store);

        await PostgresDatabases.Execute(server, $"alter role {role} connection limit {Readers}");
        await PostgresDatabases.Scalar<long>(server, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'tms-lane'");
        await store.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
    }

    /// <summary>Leaves so many connections in the pool of readers.</summary>
    private static async Task Rest(StoreUnderTest store)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => store.Database.Open(TestContext.Current.CancellationToken).AsTask()));
        foreach (var connection in open) await connection.DisposeAsync();
    }
}
