using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tms.EventStore;

/// <summary>Tells failures of the store from failures of a statement.</summary>
internal static class StoreFaults
{
    // Busy, locked, read-only, cannot be read or written, full, cannot be opened.
    private static readonly int[] OfSqlite = [5, 6, 8, 10, 13, 14];

    /// <summary>Whether the store is away, busy, full or read-only: the same statement may work later.</summary>
    public static bool IsOfTheStore(this DbException e) =>
        e.IsTransient
            || (e is SqliteException sqlite
                ? OfSqlite.Contains(sqlite.SqliteErrorCode)
                : e.SqlState is { Length: 5 } state && IsOfTheServer(state));

    /// <summary>Whether somebody else held what was needed for too long: there is nothing wrong with the connection.</summary>
    public static bool IsHeld(this DbException e) => e.SqlState == "55P03";

    /// <summary>What a caller is told of a failure of the store.</summary>
    public static StoreUnavailableException Unavailable(this DbException e) =>
        new(e.IsHeld() ? "Somebody else holds a table of the database." : "The database cannot be reached.", e);

    /// <summary>Whether a row is refused because another one has its key or one of its unique values.</summary>
    public static bool IsTaken(this DbException e) => e is SqliteException { SqliteErrorCode: 19 } or { SqlState: "23505" };

    /// <summary>Whether a row refers to one that is not there.</summary>
    public static bool IsMissingReference(this DbException e) =>
        e is SqliteException { SqliteExtendedErrorCode: 787 } or { SqlState: "23503" };

    // Connection, resources, intervention of an operator, system; and a server that takes no writes.
    private static bool IsOfTheServer(string state) => state[..2] is "08" or "53" or "57" or "58" || state == "25006";
}
