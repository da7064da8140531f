using Microsoft.Data.Sqlite;
using Tms.EventStore.Heads;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Sqlite;

/// <summary>An immediate transaction keeps the file's one writer out.</summary>
internal sealed class SqliteRebuildStore(SqliteConnections connections, Covering covering, StreamRefold refold) : IRebuildStore
{
    private const int Busy = 5;

    public Task Replace(TableFold fold, CancellationToken cancel) => Locked(fold.Tenant, async session =>
    {
        await covering.Replace(fold, session, cancel);
        return true;
    }, cancel);

    public Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, CancellationToken cancel) =>
        Locked(tenant, session => covering.Cover(tenant, session, cancel), cancel);

    public Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel) => Locked(tenant, async session =>
    {
        await refold.Run(tenant, stream, session, cancel);
        return true;
    }, cancel);

    private async Task<T> Locked<T>(TenantId tenant, Func<SqliteCoverSession, Task<T>> change, CancellationToken cancel)
    {
        await using var session = await connections.Open(cancel);
        try
        {
            using var transaction = session.BeginTransaction(deferred: false);
            var result = await change(new SqliteCoverSession(session));
            transaction.Commit();
            return result;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Busy)
        {
            throw new StoreUnavailableException($"The read models of {tenant.Value} could not be changed: {e.Message}", e);
        }
    }
}
