using System.Diagnostics.Metrics;
using Tms.EventStore.Lanes;

namespace Tms.EventStore;

/// <summary>Meter <c>Tms.EventStore</c>: append latency, batch size, queue depth, failed batches.</summary>
internal sealed class EventStoreMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> Milliseconds =
        new() { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] };
    private static readonly InstrumentAdvice<int> Units = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200] };
    private static readonly InstrumentAdvice<int> Trips = new() { HistogramBucketBoundaries = [1, 2, 3, 4, 6] };

    private readonly Meter _meter;
    private readonly Histogram<double> _append;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;
    private readonly Histogram<int> _trips;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _ended;

    public EventStoreMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("Tms.EventStore");
        _append = _meter.CreateHistogram<double>("tms.append.duration", "ms", "From handing a unit in to its answer", null, Milliseconds);
        _commit = _meter.CreateHistogram<double>("tms.commit.duration", "ms", "One transaction of a lane", null, Milliseconds);
        _batch = _meter.CreateHistogram<int>("tms.commit.units", "{unit}", "Units in one transaction", null, Units);
        _trips = _meter.CreateHistogram<int>(
            "tms.commit.trips", "{trip}",
            "Round trips to PostgreSQL of a transaction that committed something: one where all was remembered", null, Trips);
        _failed = _meter.CreateCounter<long>("tms.commit.failures", "{batch}", "Transactions that failed, by how");
        _refused = _meter.CreateCounter<long>(
            "tms.append.refused", "{unit}",
            "Units refused because too many waited (busy), or because the store did not take them in time (unavailable)");
        _ended = _meter.CreateCounter<long>(
            "tms.append.writers.ended", "{session}", "Sessions of lost writers that were ended because they held a partition");
    }

    public void Watch(Func<int> waiting, Func<int> locked, Func<int> stalled)
    {
        _meter.CreateObservableGauge("tms.append.waiting", waiting, "{unit}", "Units in lanes that have no answer yet");
        const string holds = "Partitions, tables and companies' rows that another session holds: their appends wait, others do not";
        _meter.CreateObservableGauge("tms.append.locked", locked, "{hold}", holds);
        const string hang = "Lanes that have had work for longer than an append may take without settling a batch";
        _meter.CreateObservableGauge("tms.append.stalled", stalled, "{lane}", hang);
    }

    public void WritersEnded(long sessions) => _ended.Add(sessions);

    public void WatchBehind(Func<int> companies) =>
        _meter.CreateObservableGauge(
            "tms.readmodels.behind", companies, "{company}", "Companies with a read model that is behind their log");

    public void WatchWal(Func<long> bytes) =>
        _meter.CreateObservableGauge("tms.store.wal", bytes, "By", "The write-ahead log beside the SQLite file");

    public void Appended(TimeSpan duration) => _append.Record(duration.TotalMilliseconds);

    public void Committed(int units, TimeSpan duration)
    {
        _commit.Record(duration.TotalMilliseconds);
        _batch.Record(units);
    }

    /// <summary>Notes what a transaction took on PostgreSQL that committed something.</summary>
    public void CommittedIn(int trips) => _trips.Record(trips);

    public void BatchFailed(BatchFailure failure) => _failed.Add(1, new KeyValuePair<string, object?>("failure", failure.ToString()));

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
