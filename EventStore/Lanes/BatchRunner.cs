using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Tries batches on one session until every unit has its answer or its time is up.</summary>
/// <param name="store">The session.</param>
/// <param name="parts">What lanes share.</param>
/// <param name="whenLocked">What is tried next of a batch that waited for a lock in vain: without the units of partitions that others hold.</param>
/// <param name="stop">Ends what is under way.</param>
internal sealed class BatchRunner(
    IBatchStore store, LaneParts parts, Func<IReadOnlyList<PendingUnit>, Task<IReadOnlyList<PendingUnit>>> whenLocked, CancellationToken stop)
{
    private bool _down;

    /// <summary>Whether even the first try is only for units that still have time.</summary>
    public bool IsLate { get; init; }

    /// <summary>Settles a batch: by halves where some unit of it is the trouble.</summary>
    public Task Settle(IReadOnlyList<PendingUnit> batch) => Settle(batch, 0);

    private async Task Settle(IReadOnlyList<PendingUnit> batch, int attempt)
    {
        while ((batch = InTime(batch, attempt)).Count > 0)
        {
            try
            {
                await Commit(batch);
                return;
            }
            catch (BatchFailedException e)
            {
                parts.Metrics.BatchFailed(e.Failure);
                if (await GoesOn(e, batch, attempt) is not { } next) return;
                attempt += next.Count == batch.Count ? 1 : 0;
                batch = next;
            }
        }
    }

    /// <summary>What is tried next; null: nothing of this batch is left.</summary>
    private async Task<IReadOnlyList<PendingUnit>?> GoesOn(BatchFailedException e, IReadOnlyList<PendingUnit> batch, int attempt)
    {
        if (e.Failure == BatchFailure.Locked && await whenLocked(batch) is var free && (free.Count < batch.Count || IsLate)) return free;
        if (e.Failure == BatchFailure.Transient || (batch.Count == 1 && Refusal(e, batch[0]) is null))
        {
            await Pause(attempt, e);
            return batch;
        }

        if (batch.Count == 1)
        {
            batch[0].Fail(Refusal(e, batch[0])!);
            return null;
        }

        await Settle([.. batch.Take(batch.Count / 2)], 1);
        await Settle([.. batch.Skip(batch.Count / 2)], 1);
        return null;
    }

    private static Exception? Refusal(BatchFailedException e, PendingUnit pending) => e.Failure switch
    {
        BatchFailure.Definite => new UnitRejectedException($"The store refuses a unit of {pending.Unit.Streams[0].Stream}: {e.Message}", e),
        BatchFailure.Unfit => new StoreUnavailableException($"The store cannot take a unit of {pending.Unit.Streams[0].Stream}: {e.Message}", e),
        _ => null,
    };

    private async Task Commit(IReadOnlyList<PendingUnit> batch)
    {
        var started = parts.Time.GetTimestamp();
        var units = new AppendUnit[batch.Count];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = batch[i].Unit;
        }

        using var span = AppendTraces.Commit(batch);
        var answers = await Write(units, span);
        Recovered();
        for (var i = 0; i < answers.Length; i++)
        {
            batch[i].Settle(answers[i]);
            parts.Metrics.Appended(parts.Time.GetElapsedTime(batch[i].Enqueued));
        }

        parts.Metrics.Committed(batch.Count, parts.Time.GetElapsedTime(started));
    }

    private async Task<UnitAnswer[]> Write(AppendUnit[] units, Activity? span)
    {
        try
        {
            return await store.Commit(units, stop);
        }
        catch (BatchFailedException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    /// <summary>Those that still have time; the first attempt is everybody's, unless the store or the partition is known to be away.</summary>
    private IReadOnlyList<PendingUnit> InTime(IReadOnlyList<PendingUnit> batch, int attempt)
    {
        if (attempt == 0 && !_down && !IsLate) return batch;
        var late = batch.Where(p => parts.Time.GetElapsedTime(p.Enqueued) > parts.Options.AppendTimeout).ToList();
        late.ForEach(Late);
        return late.Count == 0 ? batch : [.. batch.Except(late)];
    }

    private void Late(PendingUnit pending)
    {
        parts.Metrics.Refused("unavailable");
        pending.Fail(new StoreUnavailableException("The event log could not be written in time."));
    }

    private async Task Pause(int attempt, Exception reason)
    {
        if (!_down && reason is BatchFailedException { Failure: not BatchFailure.Locked })
        {
            _down = true;
            parts.Log.LogWarning(reason, "The event log cannot be written; appends wait");
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
