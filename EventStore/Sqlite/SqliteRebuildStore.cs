using Microsoft.Data.Sqlite;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Sqlite;

/// <summary>An immediate transaction keeps the file's one writer out.</summary>
internal sealed class SqliteRebuildStore(SqliteConnections connections) : IRebuildStore
{
    public async Task Replace(TableFold fold, CancellationToken cancel)
    {
        await using var session = await connections.Open(cancel);
        try
        {
            using var transaction = session.BeginTransaction(deferred: false);
            await fold.ReadAll(cancel);
            session.Run($"delete from {fold.Table} where tenant = $1", fold.Tenant.Value);
            var writer = new SqlitePlanWriter(fold.Models);
            foreach (var part in fold.Parts())
            {
                writer.WriteModels(session, part);
            }

            transaction.Commit();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Busy)
        {
            throw new StoreUnavailableException($"The rows of {fold.Table} could not be replaced: {e.Message}", e);
        }
    }

    private const int Busy = 5;
}
