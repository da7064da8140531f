using Npgsql;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>One lane's session: a batch is one round trip when all that it must know is remembered, else two. The first locks and reads, the second writes and commits.</summary>
internal sealed class PostgresBatchStore(
    PostgresConnections connections, InlineModels models, Covering covering, EventStoreOptions options, TimeProvider time, CommittedBatch committed)
    : IBatchStore
{
    private readonly PostgresFactReader _facts = new(models);
    private readonly PostgresPlanWriter _writer = new(models);
    private readonly RememberedFacts _remembered = new(models);
    private NpgsqlConnection? _session;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        try
        {
            _session ??= await connections.Lanes.OpenConnectionAsync(cancel);
            return await FromMemory(_session, units, cancel) ?? await FromStore(_session, units, cancel);
        }
        catch (Exception e)
        {
            await Drop();
            throw new BatchFailedException(Classify(e), e);
        }
    }

    public async ValueTask DisposeAsync() => await Drop();

    /// <summary>Null when something is not remembered, or is no longer so: then nothing was committed.</summary>
    private async Task<UnitAnswer[]?> FromMemory(NpgsqlConnection session, IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        if (_remembered.For(units) is not { } facts)
        {
            return null;
        }

        var planner = Planner(facts);
        var answers = BatchAnswers.Of(units, planner);
        try
        {
            if (!planner.Plan.IsEmpty)
            {
                Committed(planner.Plan, facts, await _writer.LockAndCommit(session, planner.Plan, facts, cancel));
            }

            return answers;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DivisionByZero)
        {
            _remembered.Forget();
            await using var rollback = new NpgsqlCommand("rollback", session);
            await rollback.ExecuteNonQueryAsync(cancel);
            return null;
        }
    }

    private async Task<UnitAnswer[]> FromStore(NpgsqlConnection session, IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        var facts = await _facts.Lock(session, units, cancel);
        await covering.Cover(facts, new PostgresCoverSession(session), cancel);
        var planner = Planner(facts);
        var answers = BatchAnswers.Of(units, planner);
        Committed(planner.Plan, facts, await _writer.Commit(session, planner.Plan, cancel));
        return answers;
    }

    private BatchPlanner Planner(BatchFacts facts) => new(facts, new PlanRules(models, options.MaxUnitBytes, Micros.Of(time.GetUtcNow())));

    private void Committed(BatchPlan plan, BatchFacts facts, List<GlobalPosition> positions)
    {
        _remembered.Keep(plan);
        committed.Tell(plan, facts, positions);
    }

    /// <summary>A session that saw a fault is not used again: closing it also ends its transaction.</summary>
    private async Task Drop()
    {
        _remembered.Forget();
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
