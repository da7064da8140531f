using Tms.EventStore.Tests.Stores;
using Tms.Testing.Files;
using Tms.Testing.Logging;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>Databases that become others under running processes.</summary>
public sealed class PostgresHistoryTests
{
    private const string Line = "What the process remembers may be lost";
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_process_whose_database_failed_over_writes_nothing_more_and_ends()
    {
        await using var server = await PostgresServer.Create();
        var database = await NewDatabase(server.ConnectionString);
        var heard = new HeardLog();
        await using var store = await StoreFactory.Postgres(database, new() { Heard = heard });
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        await server.Recover();
        await Ends(store, heard);
        await using var anew = await StoreFactory.Postgres(database, new());
        Assert.Equal(2L, (await anew.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
    }

    [Fact]
    public async Task A_process_whose_database_was_restored_by_hand_writes_nothing_more_and_ends()
    {
        using var folder = new TempFolder();
        var database = await NewDatabase();
        var heard = new HeardLog();
        await using var store = await StoreFactory.Postgres(database, new() { Heard = heard });
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        await PostgresDumps.Dump(database, folder.File("dump.sql"), "--clean");
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        await PostgresDatabases.Execute(
            database,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await PostgresDumps.Load(database, folder.File("dump.sql"));
        await Ends(store, heard);
    }

    [Fact]
    public async Task A_server_that_only_started_again_is_the_same()
    {
        await using var server = await PostgresServer.Create();
        await using var store = await StoreFactory.Postgres(await NewDatabase(server.ConnectionString), new());
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        await server.Stop();
        await server.Start();
        Assert.Equal(2L, (await store.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
        Assert.False(store.Ending.IsCancellationRequested);
    }

    private async Task Ends(StoreUnderTest store, HeardLog heard)
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())));
        await store.Ends();
        Assert.Equal(1, heard.Count(Line));
    }

    private static async Task<string> NewDatabase(string? server = null)
    {
        var database = server is null ? await PostgresDatabases.CreateDatabase() : await PostgresDatabases.CreateDatabase(server);
        await PostgresStore.CreateTables(database);
        return database;
    }
}
