using System.Data.Common;

namespace Tms.EventStore.Sqlite;

internal sealed class SqliteDatabase(SqliteConnections connections) : IDatabase
{
    public DatabaseKind Kind => DatabaseKind.Sqlite;

    public async ValueTask<DbConnection> Open(CancellationToken cancel) => await connections.Open(cancel);
}
