using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Sqlite;

/// <summary>The one writer of a file: an immediate transaction reads what the planner must know, writes the plan and commits.</summary>
internal sealed class SqliteBatchStore(
    SqliteConnections connections, SqliteHistory history, InlineModels models, Covering covering, LaneParts parts, CommittedBatch committed)
    : IBatchStore
{
    private readonly SqlitePlanWriter _writer = new(models);
    private SqliteConnection? _session;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        try
        {
            _session ??= await connections.Open(cancel);
            return await Commit(_session, units, cancel);
        }
        catch (Exception e)
        {
            await Drop();
            throw new BatchFailedException(history.Changed ? BatchFailure.Barred : Classify(e), e);
        }
    }

    /// <summary>None ever is: one writer has the whole file, and waiting for it is the file's own matter.</summary>
    public Task<IReadOnlyList<int>> Locked(IReadOnlyCollection<int> partitions, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<int>>([]);

    /// <inheritdoc />
    public Task WaitUntilFree(int partition, CancellationToken cancel) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await Drop();

    private static BatchFailure Classify(Exception e) => e switch
    {
        SqliteException refused => About(refused.SqliteErrorCode),
        StoreUnavailableException or OperationCanceledException => BatchFailure.Transient,
        _ => BatchFailure.Definite,
    };

    // A name that is not there: about a table. Too large, a constraint, a type: about what is written. Everything else: about the file.
    private static BatchFailure About(int code) => code switch
    {
        1 => BatchFailure.Unfit,
        18 or 19 or 20 => BatchFailure.Definite,
        _ => BatchFailure.Transient,
    };

    private async Task<UnitAnswer[]> Commit(SqliteConnection session, IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        using var transaction = session.BeginTransaction(deferred: false);
        history.Check(session);
        var facts = new SqliteFactReader(session, models).Read(units);
        await covering.Cover(facts, new SqliteCoverSession(session), cancel);
        var planner = new BatchPlanner(facts, new PlanRules(models, parts.Options.MaxUnitBytes, Micros.Of(parts.Time.GetUtcNow())));
        var answers = BatchAnswers.Of(units, planner);
        var positions = _writer.Write(session, planner.Plan);
        transaction.Commit();
        history.Confirm(session);
        // It is on disk: whatever fails from here on must not look like a batch that failed.
        Tell(planner.Plan, facts, positions);
        return answers;
    }

    private void Tell(BatchPlan plan, BatchFacts facts, List<GlobalPosition> positions)
    {
        try
        {
            if (positions is [.., var last]) history.Note(last);
            committed.Tell(plan, facts, positions);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            parts.Log.LogError(e, "Readers of this process could not be told of a commit; they find it by themselves");
        }
    }

    private async Task Drop()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }
}
