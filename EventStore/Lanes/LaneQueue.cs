using System.Threading.Channels;

namespace Tms.EventStore.Lanes;

/// <summary>The fair queue of a lane: many add to it, the lane waits for it.</summary>
internal sealed class LaneQueue
{
    private readonly Lock _gate = new();
    private readonly FairQueue _units = new();
    private readonly Channel<bool> _bell =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _closed;

    /// <summary>Adds a unit; false once the queue is closed.</summary>
    public bool TryAdd(PendingUnit pending)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _units.Add(pending);
        }

        return _bell.Writer.TryWrite(true);
    }

    /// <summary>Takes units back that have waited elsewhere, as <see cref="FairQueue.PutBack"/>; false once the queue is closed.</summary>
    /// <param name="take">Takes them from where they are. What the lane looks at meanwhile sees them here or there.</param>
    public bool TryPutBack(Func<IReadOnlyList<PendingUnit>> take)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _units.PutBack(take());
        }

        return _bell.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is a unit; false when the queue is closed and empty.</summary>
    public async ValueTask<bool> Wait()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_units.IsEmpty) return true;
                if (_closed) return false;
            }

            await _bell.Reader.ReadAsync();
        }
    }

    /// <summary>Fills a batch, as <see cref="FairQueue.Gather"/>.</summary>
    public void Gather(List<PendingUnit> batch, int units, long bytes, Predicate<PendingUnit> joins)
    {
        lock (_gate) _units.Gather(batch, units, bytes, joins);
    }

    /// <summary>Takes no more units; those that wait are still given out.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        _bell.Writer.TryWrite(true);
    }
}
