using Npgsql;

namespace Tms.Testing.Postgres;

/// <summary>Fresh databases on the server of this test process: the one that TMS_TEST_POSTGRES names, else a throwaway one.</summary>
public static class PostgresDatabases
{
    // Holds the server itself, not only its address: it stops when nobody holds it.
    private static readonly Lazy<Task<PostgresServer>> Throwaway = new(PostgresServer.Create);

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public static async Task<string> CreateDatabase() => await CreateDatabase(await Server());

    /// <summary>Makes an empty database whose texts are ordered as a language of ICU has it, and returns its connection string.</summary>
    /// <param name="locale">Such as <c>tr-TR</c>.</param>
    public static async Task<string> CreateDatabaseIn(string locale) =>
        await CreateDatabase(await Server(), $"TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE '{locale}'");

    /// <summary>Makes an empty database on the given server and returns its connection string.</summary>
    public static Task<string> CreateDatabase(string server) => CreateDatabase(server, "");

    private static async Task<string> CreateDatabase(string server, string options)
    {
        var name = $"tms_{Guid.CreateVersion7():n}";
        await Execute(server, $"CREATE DATABASE {name} {options}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Runs SQL on a connection that is not pooled.</summary>
    public static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first cell of what SQL answers, on a connection that is not pooled.</summary>
    public static async Task<T> Scalar<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Makes the server end every other session on this database.</summary>
    public static async Task EndSessions(string connectionString)
    {
        await Scalar<long>(connectionString, """
            select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """);
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task<string> Server() =>
        Environment.GetEnvironmentVariable("TMS_TEST_POSTGRES") is { Length: > 0 } given
            ? given
            : (await Throwaway.Value).ConnectionString;
}
