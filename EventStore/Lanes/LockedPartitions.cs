using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Units of partitions that another session holds. Each such partition has a session of its own until it is free: nobody else waits for it.</summary>
internal sealed class LockedPartitions(Func<IBatchStore> session, LaneParts parts, CancellationToken stop) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, FairQueue> _waiting = [];
    private readonly List<Task> _work = [];
    private Load _load;

    /// <summary>How many partitions are locked.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Takes a unit of a partition that is known to be locked; false where none of its partitions is.</summary>
    public bool Takes(PendingUnit pending)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || pending.Partitions.FirstOrDefault(_waiting.ContainsKey, -1) is not (>= 0 and var partition)) return false;
            Add(_waiting[partition], pending);
            return true;
        }
    }

    /// <summary>Notes that partitions are locked, and takes over a batch's units of them.</summary>
    /// <returns>The units that have nothing to do with them.</returns>
    public IReadOnlyList<PendingUnit> Part(IReadOnlyList<int> locked, IReadOnlyList<PendingUnit> batch)
    {
        lock (_gate)
        {
            _work.RemoveAll(static w => w.IsCompleted);
            var added = locked.Where(p => _waiting.TryAdd(p, new())).ToList();
            var rest = batch.Where(p => !Takes(p)).ToList();
            // They begin with their units in the queue: an empty one counts as a partition that is free again.
            _work.AddRange(added.Select(p => Task.Run(() => Work(p), CancellationToken.None)));
            return rest;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate) work = [.. _work];
        await Task.WhenAll(work);
    }

    // Half of what a lane takes in is left to partitions that are free.
    private void Add(FairQueue queue, PendingUnit pending)
    {
        if (_load.HasRoom(pending, parts.Options.MaxQueue / 2, parts.Options.MaxQueueBytes / 2))
        {
            queue.Add(pending);
            _load.Add(pending, 1);
            return;
        }

        parts.Metrics.Refused("busy");
        pending.Fail(new StoreBusyException("Too many appends are waiting for a part of the log that is locked."));
    }

    /// <summary>Commits a partition's units as soon as it is free, until none waits any more.</summary>
    private async Task Work(int partition)
    {
        parts.Log.LogWarning("Partition {Partition} of the event log is locked by another session; its appends wait, others do not", partition);
        List<PendingUnit>? batch = null;
        try
        {
            await using var store = session();
            await using var runner = new BatchRunner(store, parts, units => Free(store, partition, units), stop) { IsLate = true };
            while ((batch = Next(partition, runner.Size)) is not null)
            {
                await runner.Settle(batch);
                Leave(batch);
            }

            parts.Log.LogInformation("Partition {Partition} of the event log is free again", partition);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            parts.Log.LogError(e, "Appends of partition {Partition} failed", partition);
            foreach (var pending in Abandon(partition, batch ?? [])) pending.Fail(new StoreUnavailableException("The event log could not be written.", e));
        }
    }

    /// <summary>The units of a batch whose partitions are free; where none is, all of them after a wait.</summary>
    private async Task<IReadOnlyList<PendingUnit>> Free(IBatchStore store, int partition, IReadOnlyList<PendingUnit> batch)
    {
        try
        {
            var locked = await store.Locked([.. batch.SelectMany(p => p.Partitions).Distinct()], stop);
            // A unit that needs a further partition must not hold up its neighbours, which have waited long enough.
            if (batch.Where(p => !p.Partitions.Any(locked.Contains)).ToList() is { Count: > 0 } free) return free;
            await store.WaitUntilFree(locked.Count > 0 ? locked[0] : partition, stop);
        }
        catch (BatchFailedException)
        {
            // The next try finds the same, and waits as for any failure of the store.
        }

        return batch;
    }

    private List<PendingUnit>? Next(int partition, int units)
    {
        lock (_gate)
        {
            var batch = new List<PendingUnit>();
            _waiting[partition].Gather(batch, units, WriterLane.MaxBatchBytes, IsWaited);
            if (batch.Count > 0) return batch;
            _waiting.Remove(partition);
            return null;
        }
    }

    private List<PendingUnit> Abandon(int partition, List<PendingUnit> batch)
    {
        var rest = new List<PendingUnit>(batch);
        lock (_gate)
        {
            if (_waiting.Remove(partition, out var queue)) queue.Gather(rest, int.MaxValue, long.MaxValue, IsWaited);
        }

        Leave(rest);
        return rest;
    }

    private bool IsWaited(PendingUnit pending)
    {
        if (!pending.Abandoned) return true;
        _load.Add(pending, -1);
        return false;
    }

    // A unit that is tried counts as one that waits: the partition may stay locked for as long as it is tried.
    private void Leave(List<PendingUnit> batch)
    {
        lock (_gate) batch.ForEach(pending => _load.Add(pending, -1));
    }
}
