using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Units of a lane that need what another session holds, in a queue for each <see cref="Hold"/>: nobody else waits for it.</summary>
/// <remarks>
/// A few sessions try them in turns (<see cref="HeldSession"/>). As soon as a batch of a hold passes, what waits for it returns to the lane,
/// so that a hold of a moment does not leave its appends outside of the lane's batches for as long as there is load.
/// </remarks>
internal sealed class HeldUnits(Func<IBatchStore> session, LaneParts parts, LaneQueue lane, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>Most sessions beside a lane's own: whatever is held, the server has no more to serve.</summary>
    public const int MaxSessions = 4;

    /// <summary>Units of a try: few, for it holds its partitions while it finds out which unit must wait.</summary>
    public const int MaxBatch = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hold, FairQueue> _waiting = [];
    private readonly Queue<Hold> _turns = new();
    private readonly List<Task> _work = [];
    private int _sessions;
    private Load _load;

    /// <summary>How many holds there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Takes a unit that needs what is known to be held; false where it needs nothing of that.</summary>
    public bool Takes(PendingUnit pending)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || Hold.Of(pending).FirstOrDefault(_waiting.ContainsKey) is not { } hold) return false;
            Add(hold, [pending]);
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
            foreach (var hold in held.Where(hold => _waiting.TryAdd(hold, new()))) Begin(hold);
            var needs = batch.ToLookup(pending => Hold.Of(pending).FirstOrDefault(held.Contains));
            foreach (var hold in held) Add(hold, [.. needs[hold]]);
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

    /// <summary>Units that are tried next; null where none waits for the hold any more.</summary>
    public List<PendingUnit>? Next(Hold hold)
    {
        lock (_gate)
        {
            var batch = new List<PendingUnit>(MaxBatch);
            _waiting[hold].Gather(batch, MaxBatch, WriterLane.MaxBatchBytes, IsWaited);
            batch.ForEach(static pending => pending.Aside = Aside.Tried);
            if (batch.Count > 0) return batch;
            _waiting.Remove(hold);
        }

        LogFree(hold);
        return null;
    }

    /// <summary>Ends a turn of a hold.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="batch">What was tried.</param>
    /// <param name="rest">What is to be tried again.</param>
    /// <param name="met">Whether a lock was waited for in vain.</param>
    public void Tried(Hold hold, List<PendingUnit> batch, IReadOnlyList<PendingUnit> rest, bool met)
    {
        var passed = batch.Exists(static pending => pending.Answer.IsCompletedSuccessfully);
        // If others write the table, it is a row that is held: only its company goes on waiting.
        if (met && passed && hold.Kind == HoldKind.Types) rest = Part([.. rest.Select(static p => Hold.OfCompany(p.Unit)).Distinct()], rest);
        lock (_gate)
        {
            Add(hold, rest);
            batch.ForEach(LeaveIfTried);
        }

        if (passed && !met && lane.TryPutBack(() => Take(hold))) LogFree(hold);
        else lock (_gate) _turns.Enqueue(hold);
    }

    /// <summary>Lets go of all units of a hold.</summary>
    /// <returns>Those that have no answer yet, and those of the batch that is being tried.</returns>
    public List<PendingUnit> Abandon(Hold hold, List<PendingUnit> batch)
    {
        lock (_gate)
        {
            List<PendingUnit> rest = [.. batch.Where(static pending => pending.Aside == Aside.Tried), .. Take(hold)];
            batch.ForEach(LeaveIfTried);
            return rest;
        }
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

    // Units that were here already have their place, before those that came later.
    private void Add(Hold hold, IReadOnlyList<PendingUnit> units)
    {
        var queue = _waiting[hold];
        queue.PutBack([.. units.Where(static pending => pending.Aside == Aside.Tried)]);
        foreach (var pending in units)
        {
            if (pending.Aside == Aside.No && !TryAdd(queue, pending)) continue;
            pending.Aside = Aside.Waiting;
        }
    }

    // Half of what a lane takes in is left to what is free.
    private bool TryAdd(FairQueue queue, PendingUnit pending)
    {
        if (_load.HasRoom(pending, parts.Options.MaxQueue / 2, parts.Options.MaxQueueBytes / 2))
        {
            queue.Add(pending);
            _load.Add(pending, 1);
            return true;
        }

        parts.Metrics.Refused("busy");
        pending.Fail(new StoreBusyException("Too many appends are waiting for a part of the log that is locked."));
        return false;
    }

    private List<PendingUnit> Take(Hold hold)
    {
        var all = new List<PendingUnit>();
        lock (_gate)
        {
            if (_waiting.Remove(hold, out var queue)) queue.Gather(all, int.MaxValue, long.MaxValue, IsWaited);
            all.ForEach(Leave);
        }

        return all;
    }

    private bool IsWaited(PendingUnit pending)
    {
        if (!pending.Abandoned) return true;
        Leave(pending);
        return false;
    }

    // A unit that is tried counts as one that waits: what it needs may stay held for as long as it is tried.
    private void LeaveIfTried(PendingUnit pending)
    {
        if (pending.Aside == Aside.Tried) Leave(pending);
    }

    private void Leave(PendingUnit pending)
    {
        pending.Aside = Aside.No;
        _load.Add(pending, -1);
    }
}
