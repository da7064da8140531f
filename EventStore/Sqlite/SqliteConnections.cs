using Microsoft.Data.Sqlite;

namespace Tms.EventStore.Sqlite;

/// <summary>
/// Connections to the one file. WAL: readers never wait for the writer; FULL: a commit is on disk; what is deleted is overwritten.
/// </summary>
internal sealed class SqliteConnections(string path) : IDisposable
{
    private readonly string _connectionString =
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 5 }.ConnectionString;

    /// <summary>Path of the file.</summary>
    public string Path => path;

    /// <summary>What stands beside the file, so that one that was put back is noticed.</summary>
    public EpochFile Epoch { get; } = new(path);

    public async Task<SqliteConnection> Open(CancellationToken cancel)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys "
                + "= on; pragma secure_delete = on; pragma journal_size_limit = 67108864";
            await command.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch (SqliteException e)
        {
            await connection.DisposeAsync();
            throw new StoreUnavailableException("The database file cannot be opened.", e);
        }
    }

    public void Dispose() => Epoch.Dispose();
}
