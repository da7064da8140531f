using Tms.Testing.Plans;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Stores;

/// <summary>A store in a database of its own.</summary>
public sealed class PostgresStore : IStoreFixture
{
    public StoreUnderTest Current { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await PostgresDatabases.CreateDatabase();
        await CreateTables(ConnectionString);
        Current = await SecondProcess();
    }

    public async Task Restart()
    {
        await Current.DisposeAsync();
        Current = await SecondProcess();
    }

    public Task<StoreUnderTest> SecondProcess(StoreSetup? setup = null) => StoreFactory.Postgres(ConnectionString, setup ?? new());

    // A table of a few rows would be read whole, whatever index there is.
    public IExplainingDatabase Explaining() => new ExplainingPostgres(ConnectionString, "enable_seqscan = off");

    public Task<bool> LetsWritersIn(int partition) =>
        PostgresDatabases.Scalar<bool>(ConnectionString, $"select pg_try_advisory_xact_lock(1414353713, {partition})");

    public async ValueTask DisposeAsync()
    {
        if (Current is not null) await Current.DisposeAsync();
    }

    /// <summary>Makes the tables of the tests' projections.</summary>
    public static Task CreateTables(string connectionString) =>
        PostgresDatabases.Execute(
            connectionString, $"{TotalsProjection.PostgresTable};{WordEntries.PostgresTable};{FirstsProjection.PostgresTable};"
            + $"{LineEntries.PostgresTable};{PointParts.PostgresTable};{AccountTallies.PostgresTable}");
}
