using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tms.Silo.Cluster;

/// <summary>Applies the SQL that Orleans' ADO.NET providers read their own SQL from.</summary>
internal static class OrleansSchema
{
    private const long Lock = 0x544D534F; // TMSO

    /// <summary>One process at a time; the others wait for the lock, which ends with the transaction.</summary>
    internal static async Task Postgres(string connectionString, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = Lock } },
        };
        await take.ExecuteNonQueryAsync(cancel);
        await using var apply = new NpgsqlCommand(await Script("postgres.sql", cancel), connection);
        await apply.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    internal static async Task Sqlite(string connectionString, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await Execute(connection, "pragma journal_mode = wal", cancel);
        await Execute(connection, $"begin immediate; {await Script("sqlite.sql", cancel)} commit;", cancel);
    }

    private static async Task Execute(SqliteConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<string> Script(string name, CancellationToken cancel)
    {
        var type = typeof(OrleansSchema);
        using var reader = new StreamReader(type.Assembly.GetManifestResourceStream(type, $"Scripts.{name}")!);
        return await reader.ReadToEndAsync(cancel);
    }
}
