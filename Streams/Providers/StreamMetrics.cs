using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>The meter <c>Tms.Streams</c>: what was read and delivered, and how far each partition of this silo is behind.</summary>
internal sealed class StreamMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    internal const string Name = "Tms.Streams";

    private readonly ConcurrentDictionary<int, DeliveryProgress> _partitions = new();
    private readonly IPartitionSignals _signals;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _skipped;

    public StreamMetrics(IMeterFactory meters, IPartitionSignals signals, TimeProvider time)
    {
        (_signals, _time) = (signals, time);
        _meter = meters.Create(Name);
        _reads = _meter.CreateCounter<long>("tms.streams.reads", "{read}", "Reads of a partition.");
        _failures = _meter.CreateCounter<long>("tms.streams.failures", "{read}", "Reads of a partition that the store did not answer.");
        _delivered = _meter.CreateCounter<long>("tms.streams.delivered", "{event}", "Events that all consumers took.");
        _skipped = _meter.CreateCounter<long>("tms.streams.skipped", "{batch}", "Batches given up after the longest delivery time.");
        _meter.CreateObservableGauge("tms.streams.lag", Lag, "{event}", "Events read and not yet taken by their consumers.");
        _meter.CreateObservableGauge(
            "tms.streams.lag.seconds", LagSeconds, "s", "Age of the oldest event that was read and not yet taken.");
        _meter.CreateObservableGauge(
            "tms.streams.distance", Distances, "{position}", "Positions between the checkpoint and the end of the log, read or not.");
        _meter.CreateObservableGauge("tms.streams.checkpoint", Checkpoints, "{position}", "Position up to which everything was delivered.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Read() => _reads.Add(1);

    internal void Failed() => _failures.Add(1);

    internal void Delivered(int events) => _delivered.Add(events);

    internal void Skipped() => _skipped.Add(1);

    internal void Watch(DeliveryProgress progress) => _partitions[progress.Partition] = progress;

    internal void Unwatch(DeliveryProgress progress) => _partitions.TryRemove(new(progress.Partition, progress));

    private static KeyValuePair<string, object?> Tag(DeliveryProgress progress) => new("partition", progress.Partition);

    private IEnumerable<Measurement<long>> Lag() => _partitions.Values.Select(p => new Measurement<long>(p.Outstanding, Tag(p)));

    private IEnumerable<Measurement<long>> Distances() =>
        from progress in _partitions.Values
        let distance = progress.Distance(_signals.Heard(progress.Partition))
        where distance is not null
        select new Measurement<long>(distance.Value, Tag(progress));

    private IEnumerable<Measurement<double>> LagSeconds() =>
        _partitions.Values.Select(p => new Measurement<double>(p.Lag(_time.GetUtcNow()).TotalSeconds, Tag(p)));

    private IEnumerable<Measurement<long>> Checkpoints() => _partitions.Values.Select(p => new Measurement<long>(p.Position.Value, Tag(p)));
}
