namespace Tms.EventStore.Lanes;

/// <summary>Units that wait for holds, in a fair queue for each. Not for several threads at once.</summary>
/// <remarks>A unit that is tried counts as one that waits: what it needs may stay held for as long as it is tried.</remarks>
internal sealed class HeldQueues(LaneParts parts)
{
    private readonly Dictionary<Hold, FairQueue> _waiting = [];
    private Load _load;

    /// <summary>How many holds there are.</summary>
    public int Count => _waiting.Count;

    /// <summary>Begins a queue; false where the hold has one.</summary>
    public bool TryBegin(Hold hold) => _waiting.TryAdd(hold, new());

    /// <summary>A hold with a queue that makes a unit wait.</summary>
    public Hold? Of(PendingUnit pending) => _waiting.Count == 0 ? null : Hold.Of(pending).FirstOrDefault(_waiting.ContainsKey);

    /// <summary>Adds units. Those that were here already have their place, before those that came later.</summary>
    public void Add(Hold hold, IReadOnlyList<PendingUnit> units)
    {
        var queue = _waiting[hold];
        queue.PutBack([.. units.Where(static pending => pending.Aside == Aside.Tried)]);
        foreach (var pending in units)
        {
            if (pending.Aside == Aside.No && !TryAdd(queue, pending)) continue;
            (pending.Aside, pending.TriedFor) = (Aside.Waiting, null);
        }
    }

    /// <summary>Takes the next units to be tried; where there is none, the queue ends.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="units">Most units.</param>
    public List<PendingUnit> Next(Hold hold, int units)
    {
        var batch = new List<PendingUnit>(units);
        _waiting[hold].Gather(batch, units, WriterLane.MaxBatchBytes, IsWaited);
        batch.ForEach(pending => (pending.Aside, pending.TriedFor) = (Aside.Tried, hold));
        if (batch.Count == 0) _waiting.Remove(hold);
        return batch;
    }

    /// <summary>Ends a queue and lets go of its units.</summary>
    public List<PendingUnit> Take(Hold hold)
    {
        var all = new List<PendingUnit>();
        if (_waiting.Remove(hold, out var queue)) queue.Gather(all, int.MaxValue, long.MaxValue, IsWaited);
        all.ForEach(Leave);
        return all;
    }

    /// <summary>
    /// Lets go of those units that are tried for a hold and were not added again. One that was may be tried for another hold by now.
    /// </summary>
    public List<PendingUnit> Leave(Hold hold, List<PendingUnit> batch)
    {
        var tried = batch.FindAll(pending => pending.Aside == Aside.Tried && pending.TriedFor == hold);
        tried.ForEach(Leave);
        return tried;
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

    private bool IsWaited(PendingUnit pending)
    {
        if (!pending.Abandoned) return true;
        Leave(pending);
        return false;
    }

    private void Leave(PendingUnit pending)
    {
        (pending.Aside, pending.TriedFor) = (Aside.No, null);
        _load.Add(pending, -1);
    }
}
