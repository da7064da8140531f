using System.Data.Common;

namespace Tms.EventStore;

/// <summary>Connections for queries beside the log (read models, keys, sessions). The log itself goes through its own interfaces.</summary>
public interface IDatabase
{
    /// <summary>Which database it is, where SQL must differ.</summary>
    DatabaseKind Kind { get; }

    /// <summary>An open connection from the pool; dispose it to give it back.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    ValueTask<DbConnection> Open(CancellationToken cancel = default);
}

/// <summary>The databases that TMS runs on.</summary>
public enum DatabaseKind
{
    /// <summary>PostgreSQL: uuid, timestamps as int64 µs, money as int64 øre.</summary>
    Postgres,

    /// <summary>SQLite, the embedded default: the same columns; uuid as upper-case text, as Microsoft.Data.Sqlite writes it.</summary>
    Sqlite,
}
