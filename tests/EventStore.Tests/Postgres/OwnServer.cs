using Tms.EventStore.Tests.Stores;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A store on a server that no other test uses, so that it may be stopped.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string _database;

    private OwnServer(PostgresServer server, string database, StoreUnderTest store) =>
        (Server, _database, Store) = (server, database, store);

    public PostgresServer Server { get; }

    public StoreUnderTest Store { get; }

    public static async Task<OwnServer> Create(StoreSetup? setup = null)
    {
        var server = await PostgresServer.Create();
        var database = await PostgresDatabases.CreateDatabase(server.ConnectionString);
        await PostgresStore.CreateTables(database);
        return new(server, database, await StoreFactory.Postgres(database, setup ?? new()));
    }

    /// <summary>Makes the server refuse every write, as one does that is taking over; sessions begin anew.</summary>
    public async Task OnlyReads(bool on)
    {
        await PostgresDatabases.Execute(Server.ConnectionString, $"alter system set default_transaction_read_only = {(on ? "on" : "off")}");
        await PostgresDatabases.Execute(Server.ConnectionString, "select pg_reload_conf()");
        await PostgresDatabases.EndSessions(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Server.DisposeAsync();
    }
}
