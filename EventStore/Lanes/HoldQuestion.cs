namespace Tms.EventStore.Lanes;

/// <summary>Finds out what a batch waits for that waited for a lock in vain.</summary>
internal sealed class HoldQuestion(IBatchStore store, TimeProvider time, CancellationToken stop)
{
    /// <summary>How long a partition is held at least, if it is not just committed to: a commit of another lane is over by then.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks the store, on a session that holds nothing.</summary>
    /// <param name="batch">The units. If it is not their first try, their streams are of the same types.</param>
    /// <param name="again">Whether they have waited before: then, if no partition is held, it is a table or a row.</param>
    /// <returns>None where it is not known.</returns>
    public async Task<IReadOnlyList<Hold>> Ask(IReadOnlyList<PendingUnit> batch, bool again)
    {
        try
        {
            if (await Partitions(batch) is { Count: > 0 } held) return [.. held.Select(Hold.OfPartition)];
            return again ? [Hold.OfTypes(batch[0].Unit)] : [];
        }
        catch (BatchFailedException)
        {
            // The next try finds the same, and waits as for any failure of the store.
            return [];
        }
    }

    private async Task<IReadOnlyList<int>> Partitions(IReadOnlyList<PendingUnit> batch)
    {
        var held = await store.Locked([.. batch.SelectMany(static p => p.Partitions).Distinct()], stop);
        if (held.Count == 0) return held;
        await Task.Delay(Apart, time, CancellationToken.None);
        return await store.Locked(held, stop);
    }
}
