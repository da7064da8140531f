using Microsoft.Data.Sqlite;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Sqlite;

/// <summary>The one writer of a file: an immediate transaction reads what the planner must know, writes the plan and commits.</summary>
internal sealed class SqliteBatchStore(
    SqliteConnections connections, InlineModels models, Covering covering, EventStoreOptions options, TimeProvider time, CommittedBatch committed)
    : IBatchStore
{
    private readonly SqlitePlanWriter _writer = new(models);
    private SqliteConnection? _session;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        try
        {
            _session ??= await connections.Open(cancel);
            return await Commit(_session, units, cancel);
        }
        catch (Exception e)
        {
            await Drop();
            throw new BatchFailedException(e is SqliteException { SqliteErrorCode: not ConstraintFailed } or StoreUnavailableException ? BatchFailure.Transient : BatchFailure.Definite, e);
        }
    }

    public async ValueTask DisposeAsync() => await Drop();

    private const int ConstraintFailed = 19;

    private async Task<UnitAnswer[]> Commit(SqliteConnection session, IReadOnlyList<AppendUnit> units, CancellationToken cancel)
    {
        using var transaction = session.BeginTransaction(deferred: false);
        var facts = new SqliteFactReader(session, models).Read(units);
        await covering.Cover(facts, new SqliteCoverSession(session), cancel);
        var planner = new BatchPlanner(facts, new PlanRules(models, options.MaxUnitBytes, Micros.Of(time.GetUtcNow())));
        var answers = BatchAnswers.Of(units, planner);
        var positions = _writer.Write(session, planner.Plan);
        transaction.Commit();
        if (positions is [.., var last]) connections.Epoch.Note(last);
        committed.Tell(planner.Plan, facts, positions);
        return answers;
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
