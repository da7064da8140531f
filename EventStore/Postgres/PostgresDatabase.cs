using System.Data.Common;
using Npgsql;

namespace Tms.EventStore.Postgres;

internal sealed class PostgresDatabase(PostgresConnections connections) : IDatabase
{
    public DatabaseKind Kind => DatabaseKind.Postgres;

    public async ValueTask<DbConnection> Open(CancellationToken cancel)
    {
        try
        {
            return await connections.Queries.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException("PostgreSQL cannot be reached.", e);
        }
    }
}
