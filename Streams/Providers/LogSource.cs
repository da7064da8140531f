using Microsoft.Extensions.Options;
using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>
/// Where events come from, and what says that there are some. Shared by the silo's partitions, which ask the store a few at a time.
/// </summary>
internal sealed class LogSource(
    IEventReader reader, IPartitionSignals signals, ICheckpoints checkpoints, TimeProvider time, IOptions<LogStreamOptions> options)
    : IDisposable
{
    private readonly SemaphoreSlim _asking = new(options.Value.ConcurrentReads);

    internal IPartitionSignals Signals => signals;

    internal TimeProvider Time => time;

    /// <inheritdoc />
    public void Dispose() => _asking.Dispose();

    internal Task<IReadOnlyList<RecordedEvent>> Read(int partition, GlobalPosition after, CancellationToken cancel) =>
        InTurn(() => reader.ReadPartition(partition, after, options.Value.ReadLimit, cancel), cancel);

    internal Task<GlobalPosition> Checkpoint(string name, int partition, CancellationToken cancel) =>
        InTurn(() => checkpoints.Load(name, partition, cancel), cancel);

    private async Task<T> InTurn<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            return await ask();
        }
        finally
        {
            _asking.Release();
        }
    }
}
