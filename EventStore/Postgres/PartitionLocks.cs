using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Tms.EventStore.Postgres;

/// <summary>Asks about partitions' locks, outside of any batch.</summary>
internal static class PartitionLocks
{
    /// <summary>How long a lock is waited for by a session that holds no other: long enough for a turn behind several writers.</summary>
    private const string Wait = "set local lock_timeout = 2000";

    private const string TryAll = "select p from unnest($1) as p where not pg_try_advisory_xact_lock(1414353713, p)";

    /// <summary>
    /// Ends sessions of lanes that hold a partition and have been silent in the middle of a batch for 2 s. The server ends a session that
    /// is silent between two batches by itself, but one that waits for the rest of a batch counts as active for as long as the connection
    /// stands.
    /// </summary>
    private const string EndLost = """
        select count(*) filter (where pg_terminate_backend(a.pid))
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.classid = 1414353713 and l.objid = $1 and l.objsubid = 2
          and l.database = (select oid from pg_database where datname = current_database())
          and a.application_name = $2 and a.state = 'active' and a.wait_event = 'ClientRead' and a.pid <> pg_backend_pid()
          and a.query_start < clock_timestamp() - interval '2 seconds'
        """;

    /// <summary>Those of the partitions that another session holds now.</summary>
    public static async Task<IReadOnlyList<int>> Held(
        NpgsqlConnection session, IReadOnlyCollection<int> partitions, CancellationToken cancel)
    {
        await using var command =
            new NpgsqlCommand(TryAll, session) { Parameters = { PostgresSql.Array<int>([.. partitions.Order()], NpgsqlDbType.Integer) } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var held = new List<int>();
        while (await reader.ReadAsync(cancel)) held.Add(reader.GetInt32(0));
        return held;
    }

    /// <summary>Waits for a partition's lock and gives it back at once; false if it was not free in time.</summary>
    public static async Task<bool> BecomesFree(NpgsqlConnection session, int partition, CancellationToken cancel)
    {
        await using var held = await TryTake(session, partition, cancel);
        return held is not null;
    }

    /// <summary>Begins a transaction that holds a partition; null if the partition was not free in time.</summary>
    public static async Task<NpgsqlTransaction?> TryTake(NpgsqlConnection session, int partition, CancellationToken cancel)
    {
        var transaction = await session.BeginTransactionAsync(cancel);
        try
        {
            await using var wait = new NpgsqlBatch(session)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand(Wait),
                    new NpgsqlBatchCommand(PostgresSql.Lock) { Parameters = { PostgresSql.Array<int>([partition], NpgsqlDbType.Integer) } },
                },
            };
            await wait.ExecuteNonQueryAsync(cancel);
            return transaction;
        }
        catch (Exception e)
        {
            await transaction.DisposeAsync();
            if (e is PostgresException held && held.IsHeld() && session.FullState == ConnectionState.Open) return null;
            throw;
        }
    }

    /// <summary>Ends writers that were lost while they held a partition.</summary>
    /// <returns>How many.</returns>
    public static async Task<long> EndLostWriters(NpgsqlConnection session, int partition, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(EndLost, session)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = partition }, new NpgsqlParameter<string> { TypedValue =
                PostgresConnections.LaneName } },
        };
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
