using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tms.EventStore.Heads;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Postgres;

/// <summary>Takes the same locks as the lanes, on a session that gives them up as theirs do.</summary>
internal sealed class PostgresRebuildStore(PostgresConnections connections, Covering covering, StreamRefold refold) : IRebuildStore
{
    public Task<IRebuildSession> Open(TenantId tenant, string table, CancellationToken cancel) =>
        Guarded<IRebuildSession>(tenant, async () =>
    {
        var session = await connections.OpenSession(cancel);
        try
        {
            await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", session);
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key(tenant, table) });
            return (bool)(await take.ExecuteScalarAsync(cancel))! ? new PostgresRebuildSession(session, tenant)
                : throw new StoreUnavailableException($"The table {table} of {tenant.Value} is being folded anew already.");
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    });

    public async Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, CancellationToken cancel)
    {
        var connection = await Guarded(tenant, async () => await connections.OpenSession(cancel));
        await using var session = new PostgresRebuildSession(connection, tenant);
        return await session.Locked(s => covering.Cover(tenant, s, cancel), cancel);
    }

    public async Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var folds = await refold.Read(tenant, stream, cancel);
        var connection = await Guarded(tenant, async () => await connections.OpenSession(cancel));
        await using var session = new PostgresRebuildSession(connection, tenant);
        await session.Locked(async s => await refold.Run(tenant, stream, folds, s, cancel), cancel);
    }

    /// <exception cref="StoreUnavailableException">The store could not be reached, or did not answer in time.</exception>
    public static async Task<T> Guarded<T>(TenantId tenant, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException e) when (e.IsOfTheStore())
        {
            throw new StoreUnavailableException($"The read models of {tenant.Value} could not be changed: {e.Message}", e);
        }
    }

    // Whoever holds it folds the rows; the server gives it back when the session ends, however it ends.
    private static long Key(TenantId tenant, string table) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"rebuild {tenant.Value} {table}")));
}

/// <summary>A session of its own, whose transactions hold a tenant's partition.</summary>
/// <remarks>
/// A session that has held the partition has work behind it: it waits longer the next time, always letting writers go first.
/// </remarks>
internal sealed class PostgresRebuildSession(NpgsqlConnection session, TenantId tenant) : IRebuildSession
{
    private const int TriesAtFirst = 1;
    private const int TriesLater = 15;

    private int _tries = TriesAtFirst;

    /// <summary>
    /// Seconds that a statement may take: how long a delete takes depends on how much there is, but a server that says nothing is gone.
    /// </summary>
    public int Limit { get; init; } = 120;

    public Task<T> Locked<T>(Func<ICoverSession, Task<T>> change, CancellationToken cancel) =>
        PostgresRebuildStore.Guarded(tenant, async () =>
    {
        await using var transaction = await Take(cancel);
        var result = await change(new PostgresCoverSession(session, Limit));
        await transaction.CommitAsync(cancel);
        _tries = TriesLater;
        return result;
    });

    private async Task<NpgsqlTransaction> Take(CancellationToken cancel)
    {
        for (var tries = 0; tries < _tries; tries++)
        {
            if (await PartitionLocks.TryTake(session, tenant.Partition, cancel) is { } transaction) return transaction;
        }

        throw new StoreUnavailableException(
            $"The read models of {tenant.Value} could not be changed: partition {tenant.Partition} of the log was not free in time.");
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
