namespace Tms.EventStore.Readers;

/// <summary>What this process committed last, per partition: readers of the log that keep up need not ask the database for it.</summary>
/// <remarks>
/// A batch is kept with the position that its partition ended at before it, read under the partition's lock. It answers a reader only
/// who stands exactly there: what another process committed in between is never passed over, but read from the database.
/// </remarks>
internal sealed class PartitionTails
{
    private const int Batches = 16;
    private const int MaxBytes = 64 << 10;

    // The last batch is what readers ask for next. One that is larger is read from the database.
    private const int MaxLast = 512 << 10;

    private readonly Tail[] _tails = [.. Enumerable.Range(0, TenantId.Partitions).Select(_ => new Tail())];

    /// <summary>Keeps a committed batch of one partition.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="before">The partition's last position before the batch.</param>
    /// <param name="events">Its events, in the order of their positions.</param>
    public void Keep(int partition, GlobalPosition before, IReadOnlyList<RecordedEvent> events) => _tails[partition].Keep(before, events);

    /// <summary>The events right after a position, as far as they are kept; null where they are not.</summary>
    public IReadOnlyList<RecordedEvent>? Read(int partition, GlobalPosition after, int limit) => _tails[partition].Read(after, limit);

    private sealed class Tail
    {
        private readonly Lock _lock = new();
        private readonly Queue<Batch> _batches = new();
        private int _bytes;

        public void Keep(GlobalPosition before, IReadOnlyList<RecordedEvent> events)
        {
            var batch = new Batch(before, events, events.Sum(e => e.Data.Length + e.Metadata.Length));
            lock (_lock)
            {
                _batches.Enqueue(batch);
                _bytes += batch.Bytes;
                while (_batches.Count > Batches || _bytes > (_batches.Count > 1 ? MaxBytes : MaxLast))
                {
                    _bytes -= _batches.Dequeue().Bytes;
                }
            }
        }

        public List<RecordedEvent>? Read(GlobalPosition after, int limit)
        {
            List<RecordedEvent>? events = null;
            lock (_lock)
            {
                foreach (var batch in _batches)
                {
                    if (batch.Before == after && (events is null ? batch.Events.Count : events.Count + batch.Events.Count) <= limit)
                    {
                        (events ??= []).AddRange(batch.Events);
                        after = batch.Events[^1].Position;
                    }
                }
            }

            return events;
        }
    }

    private sealed record Batch(GlobalPosition Before, IReadOnlyList<RecordedEvent> Events, int Bytes);
}
