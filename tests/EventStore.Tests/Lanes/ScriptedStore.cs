using System.Collections.Concurrent;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>A session that stores what it is not told to fail or to hold up.</summary>
internal sealed class ScriptedStore : IBatchStore
{
    private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How a batch fails; null: it is stored.</summary>
    public Func<IReadOnlyList<AppendUnit>, BatchFailure?> Fails { get; set; } = static _ => null;

    /// <summary>Whether a batch fails in a way that no store does.</summary>
    public bool HasFault { get; set; }

    /// <summary>What a batch waits for before it is stored or fails.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether a batch that waits at the gate gives up when it is told to.</summary>
    public bool Obeys { get; set; }

    /// <summary>Which of the partitions are found held when somebody asks; null: <see cref="Held"/>.</summary>
    public Func<IReadOnlyCollection<int>, IReadOnlyList<int>>? Finds { get; set; }

    /// <summary>A partition that another session holds until <see cref="Free"/> is done.</summary>
    public int? Held { get; set; }

    /// <summary>Ends when the held partition is free.</summary>
    public Task Free { get; set; } = Task.CompletedTask;

    /// <summary>Ends when somebody waits for the held partition.</summary>
    public Task Waited => _waited.Task;

    /// <summary>Every batch that was tried.</summary>
    public ConcurrentQueue<IReadOnlyList<AppendUnit>> Batches { get; } = [];

    public int Tries => Batches.Count;

    public async Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel)
    {
        Batches.Enqueue(units);
        if (HasFault) throw new InvalidOperationException("A fault of the program.");
        await AtGate(cancel);
        var failure = units.SelectMany(u => u.Streams).Any(s => IsHeld(s.Tenant.Partition)) ? BatchFailure.Locked : Fails(units);
        if (failure is { } how) throw new BatchFailedException(how, new TimeoutException("No."));
        return [.. units.Select(_ => new UnitAnswer(new AppendResult.Appended(new(1), new(1), default, []), null))];
    }

    private async Task AtGate(CancellationToken cancel)
    {
        try
        {
            await Gate.WaitAsync(Obeys ? cancel : CancellationToken.None);
        }
        catch (OperationCanceledException e)
        {
            throw new BatchFailedException(BatchFailure.Transient, e);
        }
    }

    public Task<IReadOnlyList<int>> Locked(IReadOnlyCollection<int> partitions, CancellationToken cancel) =>
        Task.FromResult(Finds is { } finds ? finds(partitions) : [.. partitions.Where(IsHeld)]);

    public Task WaitUntilFree(int partition, CancellationToken cancel)
    {
        _waited.TrySetResult();
        return Free;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsHeld(int partition) => partition == Held && !Free.IsCompleted;
}
