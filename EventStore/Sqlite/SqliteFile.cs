using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tms.EventStore.Sqlite;

/// <summary>Asks SQLite about the file behind a session.</summary>
internal static class SqliteFile
{
    /// <summary><c>SQLITE_FCNTL_HAS_MOVED</c> (sqlite3.h).</summary>
    private const int HasMovedQuestion = 20;

    /// <summary>Whether the file that a session has open is no longer the one at its path: moved, deleted or replaced.</summary>
    /// <returns>False where the file system cannot tell.</returns>
    public static bool HasMoved(SqliteConnection session)
    {
        var moved = 0;
        return session.Handle is { } handle && Control(handle, "main", HasMovedQuestion, ref moved) == 0 && moved != 0;
    }

    [DllImport(
        "e_sqlite3", EntryPoint = "sqlite3_file_control", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Control(sqlite3 session, string database, int question, ref int answer);
}
