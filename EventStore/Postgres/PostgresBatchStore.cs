using Microsoft.Extensions.Logging;
using Npgsql;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>
/// One lane's session: a batch is one round trip when all that it must know is remembered, else two. The first locks and reads, the second
/// writes and commits.
/// </summary>
internal sealed class PostgresBatchStore(
    PostgresConnections connections, StoreHistory history, PostgresHistory identity, InlineModels models, Covering covering,
    LaneParts parts, CommittedBatch committed, StoreClock clock)
    : IBatchStore
{
    private readonly PostgresFactReader _facts = new(models);
    private readonly PostgresPlanWriter _writer = new(models);
    private readonly RememberedFacts _remembered = new(models);
    private NpgsqlConnection? _session;
    private ClockMark _agreed;
    private int _trips;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        _trips = 0;
        var (answers, tell) = await Ask(
            async session => await FromMemory(session, units, shortly, cancel) ?? await FromStore(session, units, shortly, cancel), cancel);
        // It is on disk: whatever fails from here on must not look like a batch that failed.
        tell?.Invoke();
        return answers;
    }

    public Task<IReadOnlyList<int>> Locked(IReadOnlyCollection<int> partitions, CancellationToken cancel) =>
        Ask(session => PartitionLocks.Held(session, partitions, cancel), cancel);

    public Task WaitUntilFree(int partition, CancellationToken cancel) => Ask(async session =>
    {
        if (await PartitionLocks.BecomesFree(session, partition, cancel)) return true;
        if (await PartitionLocks.EndLostWriters(session, partition, cancel) is > 0 and var ended)
        {
            parts.Metrics.WritersEnded(ended);
            LogEnded(ended, partition);
        }

        return false;
    }, cancel);

    public async ValueTask DisposeAsync() => await Drop();

    /// <summary>
    /// Does something on the session. One that only refused something is sound and goes on; after any other fault it is not used again.
    /// </summary>
    private async Task<T> Ask<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancel)
    {
        var session = await Session(cancel);
        try
        {
            return await ask(session);
        }
        catch (Exception e)
        {
            var failure = Classify(e);
            if (e is not PostgresException || failure is BatchFailure.Transient or BatchFailure.Slow || !await RollsBack(session))
                await Drop();
            throw new BatchFailedException(failure, e);
        }
    }

    private async Task<NpgsqlConnection> Session(CancellationToken cancel)
    {
        if (history.Changed)
        {
            await Drop();
            throw Barred(StoreHistory.Ends);
        }

        if (clock.Refusal is { } refusal) throw Barred(refusal);
        if (_session is not null && (clock.IsTroubled || clock.Jumped(_agreed))) await Drop();
        try
        {
            return _session ??= await Open(cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException and not BatchFailedException)
        {
            throw new BatchFailedException(BatchFailure.Transient, e);
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        var session = await connections.OpenSession(cancel);
        try
        {
            await Prepare(session, cancel);
            return session;
        }
        catch (Exception)
        {
            await Close(session);
            throw;
        }
    }

    private async Task Prepare(NpgsqlConnection session, CancellationToken cancel)
    {
        await identity.Check(session, cancel);
        if (parts.Options.LaneTimeouts && session.PostgreSqlVersion.Major >= 17)
        {
            await using var bound = new NpgsqlCommand("set transaction_timeout = 15000", session);
            await bound.ExecuteNonQueryAsync(cancel);
        }

        if (await clock.Compare(() => PostgresClock.Ask(session, cancel)) is { } refusal) throw Barred(refusal);
        _agreed = clock.Mark();
    }

    private static BatchFailedException Barred(string refusal) => new(BatchFailure.Barred, new StoreUnavailableException(refusal));

    private static async Task<bool> RollsBack(NpgsqlConnection session)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", session);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Null when something is not remembered, or is no longer so: then nothing was committed.</summary>
    private async Task<(UnitAnswer[] Answers, Action? Tell)?> FromMemory(
        NpgsqlConnection session, IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        if (_remembered.For(units) is not { } facts)
        {
            return null;
        }

        var planner = Planner(facts);
        var answers = BatchAnswers.Of(units, planner);
        try
        {
            _trips += planner.Plan.IsEmpty ? 0 : 1;
            if (planner.Plan.IsEmpty) return (answers, null);
            return (answers, Committed(planner.Plan, facts, await _writer.LockAndCommit(session, planner.Plan, facts, shortly, cancel)));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DivisionByZero)
        {
            // What the store says next tells whose memory is wrong.
            _trips++;
            await using var rollback = new NpgsqlCommand("rollback", session);
            await rollback.ExecuteNonQueryAsync(cancel);
            return null;
        }
    }

    private async Task<(UnitAnswer[] Answers, Action? Tell)> FromStore(
        NpgsqlConnection session, IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        _trips += 2;
        var facts = await _facts.Lock(session, units, shortly, cancel);
        if (facts.Stored.Count > 0) _trips++;
        _remembered.Compare(facts);
        await covering.Cover(facts, new PostgresCoverSession(session), cancel);
        var planner = Planner(facts);
        var answers = BatchAnswers.Of(units, planner);
        var witness = Array.Exists(answers, static a => a.Result is AppendResult.Appended { AlreadyThere: true } or AppendResult.KeyTaken);
        return (answers, Committed(planner.Plan, facts, await _writer.Commit(session, planner.Plan, witness, cancel)));
    }

    private BatchPlanner Planner(BatchFacts facts) =>
        new(facts, new PlanRules(models, parts.Options.MaxUnitBytes, Micros.Of(parts.Time.GetUtcNow())));

    private Action Committed(BatchPlan plan, BatchFacts facts, List<GlobalPosition> positions) => () =>
    {
        try
        {
            if (!plan.IsEmpty) parts.Metrics.CommittedIn(_trips);
            _remembered.Keep(plan);
            committed.Tell(plan, facts, positions);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Readers ask for what they were not told, every few seconds.
            _remembered.Forget();
            LogUntold(e);
        }
    };

    /// <summary>A session that saw a fault is not used again: closing it also ends its transaction.</summary>
    private async Task Drop()
    {
        _remembered.Forget();
        if (_session is { } session)
        {
            _session = null;
            await Close(session);
        }
    }

    private static async Task Close(NpgsqlConnection session)
    {
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // It was broken already.
        }
    }

    private static BatchFailure Classify(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => BatchFailure.Locked,
        // Tenants of other partitions may reserve the same value at the same time: once more, and the planner sees the holder.
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "reservations" } => BatchFailure.Transient,
        PostgresException refused => About(refused.SqlState),
        NpgsqlException { InnerException: TimeoutException } => BatchFailure.Slow,
        NpgsqlException or TimeoutException or IOException or OperationCanceledException => BatchFailure.Transient,
        _ => BatchFailure.Definite,
    };

    // Data, rows, integrity, limits: about what is written. Everything else: about the server.
    // Names, rights and result types that are not there, a damaged index, a file that cannot be read, a trigger: about a table.
    private static BatchFailure About(string state) => state[..2] switch
    {
        "21" or "22" or "23" or "54" => BatchFailure.Definite,
        "42" or "0A" or "58" or "P0" or "XX" => BatchFailure.Unfit,
        _ => BatchFailure.Transient,
    };

    private void LogEnded(long sessions, int partition) => parts.Log.LogWarning(
        "Ended {Sessions} session(s) of a writer that was lost in the middle of a batch and held partition {Partition} of the event log",
        sessions, partition);

    private void LogUntold(Exception e) =>
        parts.Log.LogError(e, "Readers of this process could not be told of a commit; they find it by themselves");
}
