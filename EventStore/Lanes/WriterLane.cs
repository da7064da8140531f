using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>
/// One writer: commits whatever gathered while its last transaction ran. Under load the batch grows, idle it is one unit.
/// </summary>
/// <remarks>What needs something that another session holds is left to <see cref="HeldUnits"/>: the lane goes on with all others.</remarks>
internal sealed class WriterLane : IAsyncDisposable
{
    /// <summary>Bytes of a batch: what one statement sends must arrive within its time limit.</summary>
    public const int MaxBatchBytes = 8 << 20;

    private readonly LaneQueue _queue = new();
    private readonly LaneParts _parts;
    private readonly IBatchStore _store;
    private readonly LaneLoad _load;
    private readonly HeldUnits _held;
    private readonly HoldQuestion _question;
    private readonly BatchRunner _runner;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _busySince = long.MaxValue;

    public WriterLane(Func<IBatchStore> session, LaneParts parts)
    {
        (_store, _parts) = (session(), parts);
        _held = new(session, parts, _queue, _stop.Token);
        _question = new(_store, parts.Time, _stop.Token);
        _runner = new(_store, parts, WithoutHeld, _stop.Token);
        _load = new(parts.Options);
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>How many units have no answer yet.</summary>
    public int Waiting => _load.Units;

    /// <summary>How much another session holds that its units need, as far as it noticed.</summary>
    public int Locked => _held.Count;

    /// <summary>Whether it has had work for longer than the limit without settling a batch, or has ended by a fault.</summary>
    public bool IsStalled(TimeSpan limit) =>
        _loop.IsFaulted || (Volatile.Read(ref _busySince) is < long.MaxValue and var since && _parts.Time.GetElapsedTime(since) > limit);

    /// <summary>Units that have waited for longer than the limit.</summary>
    public IReadOnlyList<PendingUnit> Overdue(TimeSpan limit) =>
        _load.Oldest(pending => _parts.Time.GetElapsedTime(pending.Enqueued) > limit);

    public Task<AppendResult> Append(AppendUnit unit, int bytes, CancellationToken cancel)
    {
        var pending = new PendingUnit(unit, bytes, _parts.Time.GetTimestamp(), AppendTraces.Append(unit), _load, cancel);
        if (_load.Refuses(pending) is { } why) throw Refused(pending, why);
        if (_queue.TryAdd(pending)) return pending.Answer;
        _load.Leave(pending);
        throw Refused(pending, "The log is closing.");
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Close();
#pragma warning disable RS0030 // A process ends by the machine's clock, also where a test stopped its own.
        _stop.CancelAfter(_parts.Options.AppendTimeout);
#pragma warning restore RS0030
        await _loop;
        await _runner.DisposeAsync();
        await _held.DisposeAsync();
        await _store.DisposeAsync();
        _stop.Dispose();
    }

    private StoreBusyException Refused(PendingUnit pending, string why)
    {
        var reason = new StoreBusyException(why);
        AppendTraces.End(pending.Span, reason);
        _parts.Metrics.Refused("busy");
        return reason;
    }

    private async Task Loop()
    {
        var batch = new List<PendingUnit>(_parts.Options.MaxBatch);
        Predicate<PendingUnit> joins = pending => !pending.Abandoned && !_held.Takes(pending);
        while (await _queue.Wait())
        {
            try
            {
                Volatile.Write(ref _busySince, _parts.Time.GetTimestamp());
                batch.Clear();
                _queue.Gather(batch, _runner.Size, MaxBatchBytes, joins);
                if (batch.Count > 0) await _runner.Settle(batch);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A lane that ended would leave every later append without an answer.
                _parts.Log.LogError(e, "A batch failed in a way that no store does; its units are refused and the lane goes on");
                foreach (var pending in batch) pending.Fail(new StoreUnavailableException("The event log could not be written.", e));
            }
            finally
            {
                Volatile.Write(ref _busySince, long.MaxValue);
            }
        }
    }

    private async Task<IReadOnlyList<PendingUnit>> WithoutHeld(IReadOnlyList<PendingUnit> batch, bool again) =>
        _held.Part(await _question.Ask(batch, again), batch);
}

/// <summary>What every lane shares.</summary>
internal sealed record LaneParts(
    EventStoreOptions Options, TimeProvider Time, EventStoreMetrics Metrics, WriterHealth Health, ILogger Log);
