using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Tries batches on one session until every unit has its answer or its time is up.</summary>
/// <param name="store">The session.</param>
/// <param name="parts">What lanes share.</param>
/// <param name="whenLocked">
/// What is tried next of a batch that waited for a lock in vain: without the units that need what is held, which it takes over.
/// Told whether it is about units that waited before; their streams are of the same types.
/// </param>
/// <param name="stop">Ends what is under way.</param>
internal sealed class BatchRunner(
    IBatchStore store,
    LaneParts parts,
    Func<IReadOnlyList<PendingUnit>, bool, Task<IReadOnlyList<PendingUnit>>> whenLocked,
    CancellationToken stop)
    : IAsyncDisposable
{
    private readonly AnswerTime _time = new(LaneWatch.LimitOf(parts.Options), parts.Time, stop);
    private readonly BatchSize _size = new(parts.Options.MaxBatch);
    private bool _down;
    private BatchFailedException? _failure;

    /// <summary>Whether all units have waited for a lock already.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Most units that the next batch should have.</summary>
    public int Size => _size.Units;

    /// <summary>Settles a batch. Units that cannot be stored now are tried again when all others have had their try.</summary>
    public async Task Settle(IReadOnlyList<PendingUnit> batch)
    {
        for (var attempt = 0; (batch = InTime(batch, attempt)).Count > 0; attempt++)
        {
            batch = await Try(batch, again: false);
            if (batch.Count > 0) await Pause(attempt);
        }
    }

    /// <summary>Tries a batch once, as far as it still has time.</summary>
    /// <returns>What is to be tried again, after a pause.</returns>
    public async Task<IReadOnlyList<PendingUnit>> Once(IReadOnlyList<PendingUnit> batch)
    {
        var rest = await Try(InTime(batch, 1), again: false);
        if (rest.Count > 0) await Pause(int.MaxValue);
        return rest;
    }

    public ValueTask DisposeAsync() => _time.DisposeAsync();

    /// <summary>Tries a batch once, by halves where some unit of it is the trouble; answers what is to be tried again.</summary>
    private async Task<IReadOnlyList<PendingUnit>> Try(IReadOnlyList<PendingUnit> batch, bool again)
    {
        if (batch.Count == 0) return batch;
        if (batch.Count > _size.Units) return await Halves(batch, BatchFailure.Slow, again);
        try
        {
            await Commit(batch, again);
            return [];
        }
        catch (BatchFailedException e)
        {
            parts.Metrics.BatchFailed(e.Failure);
            if (e.Failure == BatchFailure.Transient) return Again(batch, e);
            if (e.Failure == BatchFailure.Barred) return Barred(batch, e);
            if (e.Failure == BatchFailure.Locked) return await Locked(batch, e, again);
            if (e.Failure == BatchFailure.Slow) Shrink(batch.Count);
            return batch.Count > 1 ? await Halves(batch, e.Failure, again) : One(batch, e);
        }
    }

    /// <summary>Goes on without what needs a held partition; else by types of streams, which decide what tables are written.</summary>
    private async Task<IReadOnlyList<PendingUnit>> Locked(IReadOnlyList<PendingUnit> batch, BatchFailedException e, bool again)
    {
        var free = await whenLocked(batch, again);
        if (free.Count < batch.Count) return await Try(free, again);
        if (again) return batch.Count > 1 ? await Halves(batch, e.Failure, again) : Again(batch, e);
        var rest = new List<PendingUnit>();
        foreach (var types in batch.GroupBy(static p => Hold.OfTypes(p.Unit))) rest.AddRange(await Try(InTime([.. types], 1), again: true));
        return rest;
    }

    private void Shrink(int units)
    {
        _size.Slow(units);
        parts.Log.LogWarning("A batch of {Units} units was not written in time; the next has {Size} at most", units, _size.Units);
    }

    private async Task<IReadOnlyList<PendingUnit>> Halves(IReadOnlyList<PendingUnit> batch, BatchFailure failure, bool again)
    {
        // A unit that is refused says nothing against the others. A store that hangs does: whoever has waited long is told.
        // So does a lock on a table, which each half waits for anew.
        var tried = failure is BatchFailure.Slow or BatchFailure.Locked ? 1 : 0;
        var first = await Try(InTime([.. batch.Take(batch.Count / 2)], tried), again);
        var second = await Try(InTime([.. batch.Skip(batch.Count / 2)], tried), again);
        return [.. first, .. second];
    }

    private IReadOnlyList<PendingUnit> One(IReadOnlyList<PendingUnit> unit, BatchFailedException e)
    {
        if (MissesBlob(e, unit[0].Unit))
        {
            unit[0].Settle(new(new AppendResult.BlobMissing(), null));
            return [];
        }

        if (Refusal(e, unit[0]) is not { } refusal) return Again(unit, e);
        unit[0].Fail(refusal);
        return [];
    }

    private IReadOnlyList<PendingUnit> Barred(IReadOnlyList<PendingUnit> batch, BatchFailedException e)
    {
        foreach (var pending in batch)
        {
            parts.Metrics.Refused("barred");
            pending.Fail(new StoreUnavailableException(e.Message, e));
        }

        return [];
    }

    private IReadOnlyList<PendingUnit> Again(IReadOnlyList<PendingUnit> batch, BatchFailedException e)
    {
        _failure = e;
        return batch;
    }

    // Nothing else that a unit writes refers to rows of others.
    private static bool MissesBlob(BatchFailedException e, AppendUnit unit) =>
        unit.Blobs.Count > 0 && e is { Failure: BatchFailure.Definite, InnerException: DbException inner } && inner.IsMissingReference();

    private static Exception? Refusal(BatchFailedException e, PendingUnit pending) => e.Failure switch
    {
        BatchFailure.Definite => new UnitRejectedException($"The store refuses a unit of {pending.Unit.Streams[0].Stream}: {e.Message}", e),
        BatchFailure.Unfit =>
            new StoreUnavailableException($"The store cannot take a unit of {pending.Unit.Streams[0].Stream}: {e.Message}", e),
        _ => null,
    };

    private async Task Commit(IReadOnlyList<PendingUnit> batch, bool again)
    {
        var started = parts.Time.GetTimestamp();
        var units = new AppendUnit[batch.Count];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = batch[i].Unit;
        }

        using var span = AppendTraces.Commit(batch);
        var answers = await Write(units, again || IsBeside, span);
        Recovered();
        _size.Passed(batch.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            batch[i].Settle(answers[i]);
            parts.Metrics.Appended(parts.Time.GetElapsedTime(batch[i].Enqueued));
        }

        parts.Metrics.Committed(batch.Count, parts.Time.GetElapsedTime(started));
    }

    private async Task<UnitAnswer[]> Write(AppendUnit[] units, bool shortly, Activity? span)
    {
        try
        {
            return await store.Commit(units, shortly, _time.Begin());
        }
        catch (BatchFailedException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            _time.End();
        }
    }

    /// <summary>Those that still have time; the first attempt is everybody's, unless the store is known to be away.</summary>
    private IReadOnlyList<PendingUnit> InTime(IReadOnlyList<PendingUnit> batch, int attempt)
    {
        if (attempt == 0 && !_down) return batch;
        var late = batch.Where(p => parts.Time.GetElapsedTime(p.Enqueued) > parts.Options.AppendTimeout).ToList();
        late.ForEach(Late);
        return late.Count == 0 ? batch : [.. batch.Except(late)];
    }

    private void Late(PendingUnit pending)
    {
        parts.Metrics.Refused("unavailable");
        pending.Fail(new StoreUnavailableException("The event log could not be written in time."));
    }

    private async Task Pause(int attempt)
    {
        if (!_down && _failure is { Failure: not BatchFailure.Locked })
        {
            _down = true;
            parts.Log.LogWarning(_failure, "The event log cannot be written; appends wait");
        }

        var pause = TimeSpan.FromMilliseconds(Math.Min(500, 10 << Math.Min(attempt, 6)));
        await Task.Delay(pause, parts.Time).ConfigureAwait(false);
    }

    private void Recovered()
    {
        if (_down)
        {
            _down = false;
            parts.Log.LogInformation("The event log can be written again");
        }
    }
}
