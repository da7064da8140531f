using Npgsql;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>One lane's session: a batch is two round trips. The first locks and reads, the second writes and commits.</summary>
internal sealed class PostgresBatchStore(PostgresConnections connections, InlineModels models, EventStoreOptions options, TimeProvider time, CommittedBatch committed)
    : IBatchStore
{
    private readonly PostgresFactReader _facts = new(models);
    private readonly PostgresPlanWriter _writer = new(models);
    private NpgsqlConnection? _session;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        try
        {
            _session ??= await connections.Lanes.OpenConnectionAsync(cancel);
            var facts = await _facts.Lock(_session, units, cancel);
            var planner = new BatchPlanner(facts, new PlanRules(models, options.MaxUnitBytes, Micros.Of(time.GetUtcNow())));
            var answers = BatchAnswers.Of(units, planner);
            committed.Tell(planner.Plan, facts, await _writer.Commit(_session, planner.Plan, cancel));
            return answers;
        }
        catch (Exception e)
        {
            await Drop();
            throw new BatchFailedException(Classify(e), e);
        }
    }

    public async ValueTask DisposeAsync() => await Drop();

    /// <summary>A session that saw a fault is not used again: closing it also ends its transaction.</summary>
    private async Task Drop()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private static BatchFailure Classify(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => BatchFailure.Locked,
        // Tenants of other partitions may reserve the same value at the same time: once more, and the planner sees the holder.
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "reservations" } => BatchFailure.Transient,
        PostgresException refused => RefusesTheUnit(refused.SqlState) ? BatchFailure.Definite : BatchFailure.Transient,
        NpgsqlException or TimeoutException or IOException or OperationCanceledException => BatchFailure.Transient,
        _ => BatchFailure.Definite,
    };

    // Data exception, integrity, limits: about what is written. Everything else (shutdown, read-only, rights, frozen session) is about the server.
    private static bool RefusesTheUnit(string state) => state[..2] is "22" or "23" or "54";
}
