using Npgsql;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.Silo.Cluster;

namespace Tms.Silo.Upkeep;

/// <summary>What must follow from a restore, however it was done: a new epoch, no sessions, no members of a cluster that is gone.</summary>
/// <remarks>
/// Refresh tokens as old as the backup may have been ended or stolen since: everybody logs in again. Silos noted in the backup are gone:
/// looking for them would delay the new ones.
/// </remarks>
internal static class AfterRestore
{
    // Whoever else is connected may be a silo, which would lose its cluster.
    private const string Others = """
        select string_agg(distinct coalesce(nullif(application_name, ''), pid::text), ', ') from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        """;

    public static async Task<int> Run(UpkeepStore store)
    {
        await (store.Options.ConnectionString is { } postgres ? Postgres(store, postgres) : Sqlite(store));
        Console.WriteLine(
            "The database has a new epoch, and every session is ended: live clients start anew, and everybody logs in again.");
        return 0;
    }

    private static async Task Postgres(UpkeepStore store, string connectionString)
    {
        await using var connection =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using (var ask = new NpgsqlCommand(Others, connection))
        {
            if (await ask.ExecuteScalarAsync() is string others)
                throw new ConfigurationFaultException(
                    $"others are connected to the database ({others}): stop every silo and API node first.");
        }

        (await store.Migrate()).Dispose();
        const string clear =
            "update store set value = gen_random_uuid()::text where name = 'epoch'; delete from sessions; delete from orleans_member";
        await using var run = new NpgsqlCommand(clear, connection);
        await run.ExecuteNonQueryAsync();
    }

    private static async Task Sqlite(UpkeepStore store)
    {
        SqliteFile.MustExist(store.Options.StoreFile);
        // Without it the database is one that was never open here, and gets its new epoch.
        using (DataFolder.Take(store.Options.DataPath)) File.Delete(store.Options.StoreFile + "-epoch");
        (await store.Migrate()).Dispose();
        await store.Services.GetRequiredService<IDatabase>().Execute("delete from sessions", CancellationToken.None);
    }
}
