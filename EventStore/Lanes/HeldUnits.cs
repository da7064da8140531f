using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Units of a lane that need what another session holds, apart for each <see cref="Hold"/>: nobody else waits for it.</summary>
/// <remarks>
/// A few sessions try them in turns (<see cref="HeldSession"/>). As soon as a batch of a hold passes, what waits for it returns to the
/// lane, so that a hold of a moment does not leave its appends outside of the lane's batches for as long as there is load.
/// </remarks>
internal sealed class HeldUnits(Func<IBatchStore> session, LaneParts parts, LaneQueue lane, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>Most sessions beside a lane's own: however much is held, the server has no more to serve.</summary>
    public const int MaxSessions = 4;

    /// <summary>Units of a try: few, for it keeps its partitions from others while it finds out which unit must wait.</summary>
    public const int MaxBatch = 8;

    private readonly Lock _gate = new();
    private readonly HeldQueues _queues = new(parts);
    private readonly Queue<Hold> _turns = new();
    private readonly List<Task> _work = [];
    private int _sessions;

    /// <summary>How many holds there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _queues.Count;
        }
    }

    /// <summary>Takes a unit that needs what is known to be held; false where it needs nothing of that.</summary>
    public bool Takes(PendingUnit pending)
    {
        lock (_gate)
        {
            if (_queues.Of(pending) is not { } hold) return false;
            _queues.Add(hold, [pending]);
            return true;
        }
    }

    /// <summary>Notes what is held, and takes over a batch's units that need it.</summary>
    /// <returns>The units that have nothing to do with it.</returns>
    public IReadOnlyList<PendingUnit> Part(IReadOnlyList<Hold> held, IReadOnlyList<PendingUnit> batch)
    {
        if (held.Count == 0) return batch;
        lock (_gate)
        {
            var needs = batch.ToLookup(pending => Hold.Of(pending).FirstOrDefault(held.Contains));
            foreach (var hold in held)
            {
                if (_queues.TryBegin(hold)) Begin(hold);
                _queues.Add(hold, [.. needs[hold]]);
            }

            return [.. needs[null]];
        }
    }

    /// <summary>The hold whose turn it is; null where no session is needed any more.</summary>
    public Hold? Turn()
    {
        lock (_gate)
        {
            if (_turns.TryDequeue(out var hold)) return hold;
            _sessions--;
            return null;
        }
    }

    /// <summary>Units that are tried next; none where none waits for the hold any more.</summary>
    public List<PendingUnit> Next(Hold hold)
    {
        lock (_gate)
        {
            if (_queues.Next(hold, MaxBatch) is { Count: > 0 } batch) return batch;
        }

        LogFree(hold);
        return [];
    }

    /// <summary>Ends a turn of a hold.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="batch">What was tried.</param>
    /// <param name="rest">What is to be tried again.</param>
    /// <param name="met">Whether a lock was waited for in vain.</param>
    public void Tried(Hold hold, List<PendingUnit> batch, IReadOnlyList<PendingUnit> rest, bool met)
    {
        var passed = batch.Exists(static pending => pending.IsWritten);
        // If others write the table, it is a row that is held: only its company goes on waiting.
        if (met && passed && hold.Kind == HoldKind.Types)
            rest = Part([.. rest.Select(static p => Hold.OfCompany(p.Unit)).Distinct()], rest);
        lock (_gate)
        {
            _queues.Add(hold, rest);
            _queues.Leave(hold, batch);
        }

        if (passed && !met && Returns(hold)) LogFree(hold);
        else lock (_gate) _turns.Enqueue(hold);
    }

    /// <summary>Lets go of all units of a hold.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="batch">What is being tried.</param>
    /// <returns>The units, those of the batch included that wait for nothing else.</returns>
    public List<PendingUnit> Abandon(Hold hold, List<PendingUnit> batch)
    {
        lock (_gate) return [.. _queues.Leave(hold, batch), .. _queues.Take(hold)];
    }

    public async ValueTask DisposeAsync()
    {
        while (true)
        {
            Task[] work;
            lock (_gate) work = [.. _work.Where(static work => !work.IsCompleted)];
            if (work.Length == 0) return;
            // A session may begin another one until its own end.
            await Task.WhenAll(work);
        }
    }

    // A lane that is closing takes nothing back: what waits is tried here to its end.
    private bool Returns(Hold hold) => lane.TryPutBack(() =>
    {
        lock (_gate) return _queues.Take(hold);
    });

    private void Begin(Hold hold)
    {
        parts.Log.LogWarning("{Hold} of the event log is locked by another session; its appends wait, others do not", hold.Name);
        _turns.Enqueue(hold);
        if (_sessions == MaxSessions) return;
        _sessions++;
        _work.RemoveAll(static work => work.IsCompleted);
        _work.Add(Task.Run(new HeldSession(session(), this, parts, stop).Work, CancellationToken.None));
    }

    private void LogFree(Hold hold) => parts.Log.LogInformation("{Hold} of the event log is free again", hold.Name);
}
