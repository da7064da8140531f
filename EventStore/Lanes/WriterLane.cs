using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>One writer: commits whatever gathered while its last transaction ran. Under load the batch grows, idle it is one unit.</summary>
internal sealed class WriterLane : IAsyncDisposable
{
    // What one statement sends must arrive within its time limit.
    private const int MaxBatchBytes = 8 << 20;

    private readonly Channel<PendingUnit> _queue;
    private readonly LaneParts _parts;
    private readonly IBatchStore _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private bool _down;

    public WriterLane(IBatchStore store, LaneParts parts)
    {
        (_store, _parts) = (store, parts);
        _queue = Channel.CreateBounded<PendingUnit>(new BoundedChannelOptions(parts.Options.MaxQueue) { SingleReader = true });
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public int Waiting => _queue.Reader.Count;

    public Task<AppendResult> Append(AppendUnit unit, int bytes, CancellationToken cancel)
    {
        var pending = new PendingUnit(unit, bytes, _parts.Time.GetTimestamp(), AppendTraces.Append(unit), cancel);
        return _queue.Writer.TryWrite(pending) ? pending.Answer : throw Refused(pending);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(_parts.Options.AppendTimeout);
        await _loop;
        await _store.DisposeAsync();
        _stop.Dispose();
    }

    private StoreBusyException Refused(PendingUnit pending)
    {
        var reason = new StoreBusyException(_stop.IsCancellationRequested ? "The log is closing." : "Too many appends are waiting for the log.");
        AppendTraces.End(pending.Span, reason);
        _parts.Metrics.Refused("busy");
        return reason;
    }

    private async Task Loop()
    {
        var batch = new List<PendingUnit>(_parts.Options.MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            Gather(batch);
            await Settle(batch);
        }
    }

    private void Gather(List<PendingUnit> batch)
    {
        batch.Clear();
        for (var bytes = 0; batch.Count < _parts.Options.MaxBatch && bytes < MaxBatchBytes && _queue.Reader.TryRead(out var pending);)
        {
            if (!pending.Abandoned)
            {
                batch.Add(pending);
                bytes += pending.Bytes;
            }
        }
    }

    /// <summary>Tries a batch until every unit has its answer or its time is up.</summary>
    private async Task Settle(IReadOnlyList<PendingUnit> batch)
    {
        for (var attempt = 0; (batch = InTime(batch, attempt)).Count > 0; attempt++)
        {
            try
            {
                await Commit(batch);
                return;
            }
            catch (BatchFailedException e)
            {
                _parts.Metrics.BatchFailed(e.Failure);
                if (Parts(batch, e.Failure) is { } parts)
                {
                    foreach (var part in parts)
                    {
                        await Settle(part);
                    }

                    return;
                }

                if (e.Failure == BatchFailure.Definite)
                {
                    batch[0].Fail(new UnitRejectedException($"The store refuses a unit of {batch[0].Unit.Streams[0].Stream}: {e.Message}", e));
                    return;
                }

                await Pause(attempt, e);
            }
        }
    }

    private async Task Commit(IReadOnlyList<PendingUnit> batch)
    {
        var started = _parts.Time.GetTimestamp();
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
            _parts.Metrics.Appended(_parts.Time.GetElapsedTime(batch[i].Enqueued));
        }

        _parts.Metrics.Committed(batch.Count, _parts.Time.GetElapsedTime(started));
    }

    private async Task<UnitAnswer[]> Write(AppendUnit[] units, Activity? span)
    {
        try
        {
            return await _store.Commit(units, _stop.Token);
        }
        catch (BatchFailedException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    /// <summary>Smaller batches worth trying, or null when the same batch is to be tried again.</summary>
    private static IReadOnlyList<IReadOnlyList<PendingUnit>>? Parts(IReadOnlyList<PendingUnit> batch, BatchFailure failure)
    {
        var parts = failure switch
        {
            BatchFailure.Definite => batch.Count == 1 ? [] : batch.Select(p => (IReadOnlyList<PendingUnit>)[p]).ToArray(),
            BatchFailure.Locked => batch.GroupBy(p => p.Unit.Tenant.Partition).Select(g => (IReadOnlyList<PendingUnit>)[.. g]).ToArray(),
            _ => [],
        };
        return parts.Length > 1 ? parts : null;
    }

    /// <summary>Those that still have time; the first attempt is everybody's.</summary>
    private List<PendingUnit> InTime(IReadOnlyList<PendingUnit> batch, int attempt)
    {
        var late = batch.Where(p => (attempt > 0 || _down) && _parts.Time.GetElapsedTime(p.Enqueued) > _parts.Options.AppendTimeout).ToList();
        late.ForEach(Late);
        return late.Count == 0 && batch is List<PendingUnit> all ? all : [.. batch.Except(late)];
    }

    private void Late(PendingUnit pending)
    {
        _parts.Metrics.Refused("unavailable");
        pending.Fail(new StoreUnavailableException("The event log could not be written in time."));
    }

    private async Task Pause(int attempt, Exception reason)
    {
        if (!_down)
        {
            _down = true;
            _parts.Log.LogWarning(reason, "The event log cannot be written; appends wait");
        }

        var pause = TimeSpan.FromMilliseconds(Math.Min(500, 10 << Math.Min(attempt, 6)));
        await Task.Delay(pause, _parts.Time).ConfigureAwait(false);
    }

    private void Recovered()
    {
        if (_down)
        {
            _down = false;
            _parts.Log.LogInformation("The event log can be written again");
        }
    }
}

/// <summary>What every lane shares.</summary>
internal sealed record LaneParts(EventStoreOptions Options, TimeProvider Time, EventStoreMetrics Metrics, ILogger Log);
