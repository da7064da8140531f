using Npgsql;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Postgres;

/// <summary>Takes the same lock as the lanes, on a session that gives it up as theirs do.</summary>
internal sealed class PostgresRebuildStore(PostgresConnections connections) : IRebuildStore
{
    public async Task Replace(TableFold fold, CancellationToken cancel)
    {
        try
        {
            await using var session = await connections.Lanes.OpenConnectionAsync(cancel);
            await using var transaction = await session.BeginTransactionAsync(cancel);
            await Run(session, PostgresSql.Lock, new NpgsqlParameter<int[]> { TypedValue = [fold.Tenant.Partition] }, cancel);
            await fold.ReadAll(cancel);
            await Run(session, $"delete from {fold.Table} where tenant = $1", new NpgsqlParameter<Guid> { TypedValue = fold.Tenant.Value }, cancel);
            var writer = new PostgresPlanWriter(fold.Models);
            foreach (var part in fold.Parts())
            {
                await writer.WriteModels(session, part, cancel);
            }

            await transaction.CommitAsync(cancel);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            throw new StoreUnavailableException($"The rows of {fold.Table} could not be replaced: {e.Message}", e);
        }
    }

    private static async Task Run(NpgsqlConnection session, string sql, NpgsqlParameter parameter, CancellationToken cancel)
    {
        // How long a delete takes depends on how much there is; how long a lock is waited for, on the session.
        await using var command = new NpgsqlCommand(sql, session) { Parameters = { parameter }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
