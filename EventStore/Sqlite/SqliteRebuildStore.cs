using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Tms.EventStore.Heads;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Sqlite;

/// <summary>An immediate transaction keeps the file's one writer out.</summary>
internal sealed class SqliteRebuildStore(SqliteConnections connections, Covering covering, StreamRefold refold) : IRebuildStore
{
    // The file is this process' own: whoever else folds the rows does it here.
    private readonly ConcurrentDictionary<(TenantId, string), bool> _folded = [];

    public async Task<IRebuildSession> Open(TenantId tenant, string table, CancellationToken cancel)
    {
        if (!_folded.TryAdd((tenant, table), true))
        {
            throw new StoreUnavailableException($"The table {table} of {tenant.Value} is being folded anew already.");
        }

        try
        {
            return new Session(await connections.Open(cancel), tenant, () => _folded.TryRemove((tenant, table), out _));
        }
        catch
        {
            _folded.TryRemove((tenant, table), out _);
            throw;
        }
    }

    public async Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, CancellationToken cancel)
    {
        await using var session = new Session(await connections.Open(cancel), tenant, static () => { });
        return await session.Locked(s => covering.Cover(tenant, s, cancel), cancel);
    }

    public async Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var folds = await refold.Read(tenant, stream, cancel);
        await using var session = new Session(await connections.Open(cancel), tenant, static () => { });
        await session.Locked(async s => await refold.Run(tenant, stream, folds, s, cancel), cancel);
    }

    private sealed class Session(SqliteConnection connection, TenantId tenant, Action close) : IRebuildSession
    {
        private const int Busy = 5;

        public async Task<T> Locked<T>(Func<ICoverSession, Task<T>> change, CancellationToken cancel)
        {
            try
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = await change(new SqliteCoverSession(connection));
                transaction.Commit();
                return result;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Busy)
            {
                throw new StoreUnavailableException($"The read models of {tenant.Value} could not be changed: {e.Message}", e);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            close();
        }
    }
}
