using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>What happens to an append instead of only being stored; gets the unit and the real store.</summary>
internal delegate Task<AppendResult> Fault(AppendUnit unit, Func<AppendUnit, Task<AppendResult>> store);

/// <summary>The real writer, with faults on demand, and a memory of what it was asked for.</summary>
internal sealed class FaultyWriter(IEventWriter inner) : IEventWriter, IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<Fault>> _faults = new();

    /// <summary>Every unit that came here, with what became of it; a fault's exception is no answer.</summary>
    public ConcurrentQueue<AppendUnit> Units { get; } = new();

    /// <summary>The next append to the aggregate meets a fault.</summary>
    public void Next(Guid aggregate, Fault fault) => _faults.GetOrAdd(aggregate, _ => new()).Enqueue(fault);

    public Task<AppendResult> Append(AppendUnit unit, CancellationToken cancel = default)
    {
        Units.Enqueue(unit);
        return _faults.TryGetValue(unit.Streams[0].Stream.Id, out var faults) && faults.TryDequeue(out var fault)
            ? fault(unit, u => inner.Append(u, cancel))
            : inner.Append(unit, cancel);
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();
}
