using Microsoft.Data.Sqlite;
using Tms.EventStore.Hosting;

namespace Tms.Silo.Upkeep;

/// <summary>One SQLite file, opened for a moment.</summary>
internal static class SqliteFile
{
    // What belongs to a database and is no part of a copy of it.
    private static readonly string[] Beside = ["-wal", "-shm", "-epoch"];

    /// <summary>Copies what is committed, while others write; readable by its owner only, and on disk at return.</summary>
    public static void Save(string from, string to)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (File.Open(to, options))
        {
            // Empty, it is what VACUUM INTO fills, with this file's permissions.
        }

        Ask(from, SqliteOpenMode.ReadWrite, "vacuum into $1", to);
        using var written = File.Open(to, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    /// <exception cref="ConfigurationFaultException">It is not there.</exception>
    public static void MustExist(string file)
    {
        if (!File.Exists(file)) throw new ConfigurationFaultException($"there is no {file}.");
    }

    /// <summary>Refuses what SQLite finds damaged.</summary>
    /// <exception cref="ConfigurationFaultException">It is not there, or not sound.</exception>
    public static void MustBeSound(string file)
    {
        MustExist(file);
        if (Ask(file, SqliteOpenMode.ReadOnly, "pragma integrity_check") is not "ok")
            throw new ConfigurationFaultException($"{file} is damaged.");
    }

    /// <summary>Whether it is a store with events.</summary>
    public static bool HasEvents(string file) =>
        File.Exists(file)
        && Ask(file, SqliteOpenMode.ReadWrite, "select 1 from sqlite_master where name = 'events'") is not null
        && Ask(file, SqliteOpenMode.ReadWrite, "select 1 from events limit 1") is not null;

    /// <summary>Moves a database away with all that is beside it, where it is there.</summary>
    public static void MoveAway(string file, string folder)
    {
        foreach (var part in (string[])[file, .. Beside.Select(b => file + b)])
        {
            if (!File.Exists(part)) continue;
            Directory.CreateDirectory(folder);
            File.Move(part, Path.Combine(folder, Path.GetFileName(part)));
        }
    }

    private static object? Ask(string file, SqliteOpenMode mode, string sql, string? parameter = null)
    {
        using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        if (parameter is not null) command.Parameters.AddWithValue("$1", parameter);
        return command.ExecuteScalar();
    }
}
