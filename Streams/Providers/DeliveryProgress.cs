using Orleans.Streams;
using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>What of a partition is on its way to consumers, and up to where all of it has arrived.</summary>
internal sealed class DeliveryProgress(int partition)
{
    private readonly Lock _lock = new();
    private readonly Queue<LogBatch> _onTheWay = new();
    private long _position;
    private volatile bool _started;
    private int _outstanding;

    internal int Partition => partition;

    /// <summary>Everything up to here was delivered; <see cref="GlobalPosition.Start"/> until something was.</summary>
    internal GlobalPosition Position => new(Interlocked.Read(ref _position));

    /// <summary>
    /// How many positions of the whole store lie between what was delivered and the end of the partition; null until it is known what was.
    /// </summary>
    internal long? Distance(GlobalPosition head) => _started ? Math.Max(0, head.Value - Position.Value) : null;

    /// <summary>Events read and not yet delivered.</summary>
    internal int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Age of the oldest event on its way; zero when there is none.</summary>
    internal TimeSpan Lag(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _onTheWay.TryPeek(out var oldest)
                ? TimeSpan.FromMicroseconds(Math.Max(0, Micros.Of(now) - oldest.Events[0].TimeMicros))
                : TimeSpan.Zero;
        }
    }

    internal void StartAt(GlobalPosition position)
    {
        Interlocked.Exchange(ref _position, position.Value);
        _started = true;
    }

    internal void Sent(List<IBatchContainer> batches)
    {
        lock (_lock)
        {
            foreach (var batch in batches.Cast<LogBatch>())
            {
                _onTheWay.Enqueue(batch);
                _outstanding += batch.Events.Length;
            }
        }
    }

    /// <summary>Takes note of a batch and everything before it, also what was given up and is missing from the agent's list.</summary>
    /// <returns>How many events that were.</returns>
    internal int Arrived(LogBatch last)
    {
        var events = 0;
        lock (_lock)
        {
            while (_onTheWay.TryPeek(out var batch) && batch.Token.SequenceNumber <= last.Token.SequenceNumber)
            {
                events += _onTheWay.Dequeue().Events.Length;
            }

            _outstanding -= events;
            _position = Math.Max(_position, last.Safe);
        }

        return events;
    }
}
