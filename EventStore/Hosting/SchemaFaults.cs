using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tms.EventStore.Hosting;

/// <summary>What is wrong with a database that an operator has given: a sentence that names the setting and the remedy.</summary>
internal static class SchemaFaults
{
    private const string PostgresSetting = "ConnectionStrings:Tms";
    private const string Utf8 = "UTF8";

    /// <summary>Checks a PostgreSQL database before anything is written.</summary>
    /// <exception cref="ConfigurationFaultException">It cannot hold every text.</exception>
    public static async Task Check(NpgsqlConnection database, CancellationToken cancel)
    {
        await using var ask =
            new NpgsqlCommand("select pg_encoding_to_char(encoding) from pg_database where datname = current_database()", database);
        if (await ask.ExecuteScalarAsync(cancel) is not string encoding || encoding == Utf8) return;
        throw new ConfigurationFaultException(
            $"{PostgresSetting}: database '{database.Database}' has the encoding {encoding} and cannot hold every text. Create one with "
                + $"encoding '{Utf8}' and template 'template0'.");
    }

    /// <summary>Checks a SQLite file before anything is written; one that is not there will be made.</summary>
    /// <exception cref="ConfigurationFaultException">It is none, or cannot be opened.</exception>
    public static void Check(string path, string connectionString)
    {
        if (Directory.Exists(path))
            throw Sqlite(path, "is a folder, and the database's file has to be there. Move the folder away, or name another data folder");
        try
        {
            using var file = new SqliteConnection(connectionString);
            file.Open();
            using var ask = new SqliteCommand("select count(*) from sqlite_master", file);
            ask.ExecuteScalar();
        }
        catch (SqliteException e)
        {
            throw Sqlite(path, e.SqliteErrorCode == NotADatabase
                ? "is no SQLite database. Put a backup in its place, or move it away"
                : $"cannot be opened: {e.Message.TrimEnd('.')}. See to the folder's owner, rights and free space", e);
        }
    }

    /// <summary>The fault of a script that a database refused; null: a fault of ours.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="failure">What the database said.</param>
    /// <param name="role">Role of the connection, where there is one.</param>
    public static Exception? Of(string? script, Exception failure, string? role) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName } refused =>
            new ConfigurationFaultException(
            $"{PostgresSetting}: role '{role}' may not create tables ({refused.MessageText}). Run as the database's owner: grant create, "
                + $"usage on schema public to \"{role}\"", refused),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } refused => new StoreUnavailableException(
            $"PostgreSQL takes no writes now, and the schema script {script} is missing: {refused.MessageText}.", refused),
        PostgresException or SqliteException =>
            new ConfigurationFaultException($"The schema script {script} could not be applied: {failure.Message}", failure),
        _ => null,
    };

    private const int NotADatabase = 26;

    private static ConfigurationFaultException Sqlite(string path, string fault, Exception? inner = null) =>
        new($"Tms:DataPath: '{path}' {fault}.", inner);
}
