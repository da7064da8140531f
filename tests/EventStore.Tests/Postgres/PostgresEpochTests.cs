using Tms.EventStore.Tests.Stores;
using Tms.Testing.Files;
using Tms.Testing.Logging;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

public sealed class PostgresEpochTests : IAsyncLifetime
{
    private const string Line = "it was restored, moved or failed over";
    private readonly TempFolder _folder = new();
    private readonly TenantId _tenant = Some.Tenant();
    private string _database = "";
    private Guid _before;

    private string Dump => _folder.File("dump.sql");

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabases.CreateDatabase();
        await PostgresStore.CreateTables(_database);
        _before = await Begin(_database);
    }

    [Fact]
    public async Task A_dump_that_was_read_into_another_database_has_another_epoch()
    {
        await PostgresDumps.Dump(_database, Dump);
        var other = await PostgresDatabases.CreateDatabase();
        await PostgresDumps.Load(other, Dump);
        await Changed(other);
        await using var original = await StoreFactory.Postgres(_database, new());
        Assert.Equal(_before, await original.Epoch());
    }

    [Fact]
    public async Task A_dump_that_was_read_over_what_was_there_has_another_epoch()
    {
        await PostgresDumps.Dump(_database, Dump, "--clean");
        await PostgresDumps.Load(_database, Dump);
        await Changed(_database);
    }

    [Fact]
    public async Task Processes_that_start_together_on_a_restored_database_agree_and_one_says_so()
    {
        await PostgresDumps.Dump(_database, Dump, "--clean");
        await PostgresDumps.Load(_database, Dump);
        var heard = new HeardLog();
        var processes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreFactory.Postgres(_database, new() { Heard = heard })));
        var epochs = await Task.WhenAll(processes.Select(process => process.Epoch()));
        foreach (var process in processes) await process.DisposeAsync();
        Assert.NotEqual(_before, Assert.Single(epochs.Distinct()));
        Assert.Equal(1, heard.Count(Line));
    }

    [Fact]
    public async Task A_recovery_to_a_point_in_time_on_the_same_server_gives_another_epoch_and_a_restart_does_not()
    {
        await using var server = await PostgresServer.Create();
        var database = await PostgresDatabases.CreateDatabase(server.ConnectionString);
        await PostgresStore.CreateTables(database);
        _before = await Begin(database);
        await server.StopFast();
        await server.Start();
        await using (var restarted = await StoreFactory.Postgres(database, new())) Assert.Equal(_before, await restarted.Epoch());
        await server.Recover();
        await Changed(database);
    }

    [Fact]
    public async Task A_user_of_the_database_without_any_privilege_may_start()
    {
        var name = $"plain_{Guid.CreateVersion7():n}";
        await PostgresDatabases.Execute(
            _database, $"create role {name} login; create schema {name} authorization {name}; alter role {name} set search_path = {name}");
        var plain = new Npgsql.NpgsqlConnectionStringBuilder(_database) { Username = name };
        await PostgresStore.CreateTables(plain.ConnectionString);
        await using var store = await StoreFactory.Postgres(plain.ConnectionString, new());
        Assert.NotEqual(_before, await store.Epoch());
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Guid> Begin(string database)
    {
        await using var store = await StoreFactory.Postgres(database, new());
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        return await store.Epoch();
    }

    // Another epoch, once, with a line that says so; the log in it goes on.
    private async Task Changed(string database)
    {
        var heard = new HeardLog();
        await using var first = await StoreFactory.Postgres(database, new() { Heard = heard });
        await using var second = await StoreFactory.Postgres(database, new() { Heard = heard });
        Assert.NotEqual(_before, await first.Epoch());
        Assert.Equal(await first.Epoch(), await second.Epoch());
        Assert.Equal(1, heard.Count(Line));
        Assert.Equal(2L, (await second.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
    }
}
