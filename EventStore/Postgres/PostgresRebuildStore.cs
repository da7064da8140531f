using Npgsql;
using Tms.EventStore.Heads;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Postgres;

/// <summary>Takes the same lock as the lanes, on a session that gives it up as theirs do.</summary>
internal sealed class PostgresRebuildStore(PostgresConnections connections, Covering covering, StreamRefold refold) : IRebuildStore
{
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

    private async Task<T> Locked<T>(TenantId tenant, Func<PostgresCoverSession, Task<T>> change, CancellationToken cancel)
    {
        try
        {
            await using var session = await connections.Lanes.OpenConnectionAsync(cancel);
            await using var transaction = await session.BeginTransactionAsync(cancel);
            await using var wait = new NpgsqlCommand("set local lock_timeout = 2000", session);
            await wait.ExecuteNonQueryAsync(cancel);
            await using var take = new NpgsqlCommand(PostgresSql.Lock, session) { Parameters = { PostgresSql.Partitions([tenant]) }, CommandTimeout = 0 };
            await take.ExecuteNonQueryAsync(cancel);
            var result = await change(new PostgresCoverSession(session));
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (NpgsqlException e) when (e.IsOfTheStore())
        {
            throw new StoreUnavailableException($"The read models of {tenant.Value} could not be changed: {e.Message}", e);
        }
    }
}
