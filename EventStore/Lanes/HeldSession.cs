using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Lanes;

/// <summary>A session beside a lane's: tries what waits for holds, each in its turn, until none is left.</summary>
internal sealed class HeldSession(IBatchStore store, HeldUnits held, LaneParts parts, CancellationToken stop)
{
    private readonly HoldQuestion _question = new(store, parts.Time, stop);
    private Hold? _hold;
    private bool _met;

    public async Task Work()
    {
        await using (store)
        {
            await using var runner = new BatchRunner(store, parts, WhenLocked, stop) { IsBeside = true };
            while (held.Turn() is { } hold) await Try(hold, runner);
        }
    }

    private async Task Try(Hold hold, BatchRunner runner)
    {
        if (held.Next(hold) is not { Count: > 0 } batch) return;
        (_hold, _met) = (hold, false);
        try
        {
            held.Tried(hold, batch, await runner.Once(batch), _met);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            parts.Log.LogError(e, "Appends that wait for {Hold} failed", hold.Name);
            var failure = new StoreUnavailableException("The event log could not be written.", e);
            foreach (var pending in held.Abandon(hold, batch)) pending.Fail(failure);
        }
    }

    /// <summary>Hands units over that need something else that is held, and waits for a held partition while it holds nothing.</summary>
    private async Task<IReadOnlyList<PendingUnit>> WhenLocked(IReadOnlyList<PendingUnit> batch, bool again)
    {
        _met = true;
        var holds = await _question.Ask(batch, again);
        // Which of its units it is about, halves tell.
        if (holds is [{ Kind: HoldKind.Types } types] && (types == _hold || _hold?.Kind == HoldKind.Company)) return batch;
        var rest = held.Part(holds, batch);
        if (_hold?.Kind == HoldKind.Partition && holds.Contains(_hold)) await Wait(batch);
        return rest;
    }

    private async Task Wait(IReadOnlyList<PendingUnit> batch)
    {
        try
        {
            await store.WaitUntilFree(batch.SelectMany(static p => p.Partitions).First(p => Hold.OfPartition(p) == _hold), stop);
        }
        catch (BatchFailedException)
        {
            // The next try finds the same, and waits as for any failure of the store.
        }
    }
}
