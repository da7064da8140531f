using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>Units of partitions that another session holds. Each such partition has a session of its own until it is free: nobody else waits for it.</summary>
internal sealed class LockedPartitions(Func<IBatchStore> session, LaneParts parts, CancellationToken stop) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Queue<PendingUnit>> _waiting = [];
    private readonly List<Task> _work = [];

    /// <summary>How many partitions are locked.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>How many units wait for them.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Values.Sum(q => q.Count);
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
            foreach (var partition in locked)
            {
                if (_waiting.TryAdd(partition, new())) _work.Add(Task.Run(() => Work(partition), CancellationToken.None));
            }

            _work.RemoveAll(static w => w.IsCompleted);
        }

        return [.. batch.Where(p => !Takes(p))];
    }

    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate) work = [.. _work];
        await Task.WhenAll(work);
    }

    private void Add(Queue<PendingUnit> queue, PendingUnit pending)
    {
        if (queue.Count < parts.Options.MaxQueue)
        {
            queue.Enqueue(pending);
            return;
        }

        parts.Metrics.Refused("busy");
        pending.Fail(new StoreBusyException("Too many appends are waiting for a part of the log that is locked."));
    }

    /// <summary>Commits a partition's units as soon as it is free, until none waits any more.</summary>
    private async Task Work(int partition)
    {
        parts.Log.LogWarning("Partition {Partition} of the event log is locked by another session; its appends wait, others do not", partition);
        var store = session();
        try
        {
            var runner = new BatchRunner(store, parts, batch => Free(store, partition, batch), stop) { IsLate = true };
            while (Next(partition) is { } batch) await runner.Settle(batch);
            parts.Log.LogInformation("Partition {Partition} of the event log is free again", partition);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            parts.Log.LogError(e, "Appends of partition {Partition} failed", partition);
            foreach (var pending in Abandon(partition)) pending.Fail(new StoreUnavailableException("The event log could not be written.", e));
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<PendingUnit>> Free(IBatchStore store, int partition, IReadOnlyList<PendingUnit> batch)
    {
        try
        {
            var locked = await store.Locked([.. batch.SelectMany(p => p.Partitions).Distinct()], stop);
            await store.WaitUntilFree(locked.Count > 0 ? locked[0] : partition, stop);
        }
        catch (BatchFailedException)
        {
            // The next try finds the same, and waits as for any failure of the store.
        }

        return batch;
    }

    private List<PendingUnit>? Next(int partition)
    {
        lock (_gate)
        {
            var queue = _waiting[partition];
            var batch = new List<PendingUnit>();
            for (var bytes = 0; batch.Count < parts.Options.MaxBatch && bytes < WriterLane.MaxBatchBytes && queue.TryDequeue(out var pending);)
            {
                if (pending.Abandoned) continue;
                batch.Add(pending);
                bytes += pending.Bytes;
            }

            if (batch.Count > 0) return batch;
            _waiting.Remove(partition);
            return null;
        }
    }

    private Queue<PendingUnit> Abandon(int partition)
    {
        lock (_gate) return _waiting.Remove(partition, out var queue) ? queue : [];
    }
}
