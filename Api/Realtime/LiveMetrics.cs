using System.Diagnostics.Metrics;

namespace Tms.Api.Realtime;

/// <summary>What the live hub counts; meter <c>Tms.Live</c>.</summary>
internal sealed class LiveMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tms.Live";

    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] };

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _connections;
    private readonly UpDownCounter<long> _bridges;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _alone;
    private readonly Counter<long> _exchanged;
    private readonly Histogram<double> _lag;
    private long _open;
    private LiveMemory? _memory;

    /// <summary>Makes the instruments.</summary>
    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _connections = _meter.CreateUpDownCounter<long>("tms.live.connections", description: "Open live connections of this node.");
        _bridges = _meter.CreateUpDownCounter<long>("tms.live.bridges", description: "Companies that this node follows.");
        _sent = _meter.CreateCounter<long>("tms.live.events.sent", description: "Events sent, one per connection.");
        _drops = _meter.CreateCounter<long>("tms.live.drops", description: "Connections that the server ended, by reason.");
        _gaps = _meter.CreateCounter<long>(
            "tms.live.gaps.filled", "{event}", "Events that a bridge read from the log because no delivery brought them.");
        _unreadable = _meter.CreateCounter<long>(
            "tms.live.events.unreadable", description: "Events that this program could not show, by type.");
        _alone = _meter.CreateCounter<long>(
            "tms.live.limits.alone", "{connection}", "Connections that this node counted by itself, because the cluster did not answer.");
        _exchanged = _meter.CreateCounter<long>(
            "tms.live.history.changes", description: "Bridges that found another log behind them than the one they had sent from.");
        _meter.CreateObservableGauge(
            "tms.live.memory", Held, "By", "Bytes of events that this node keeps for connections that are behind.");
        _lag = _meter.CreateHistogram<double>("tms.live.lag", "s", "Time from commit to the bridge.", null, Seconds);
    }

    private long Held() => _memory?.Used ?? 0;

    /// <summary>Open live connections of this node.</summary>
    public long Open => Interlocked.Read(ref _open);

    public void Connection(int change)
    {
        Interlocked.Add(ref _open, change);
        _connections.Add(change);
    }

    /// <summary>Tells of what a node keeps.</summary>
    public void Watch(LiveMemory memory) => _memory = memory;

    public void Bridge(int change) => _bridges.Add(change);

    public void Sent(int count) => _sent.Add(count);

    public void Dropped(string reason) => _drops.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void GapFilled(long events) => _gaps.Add(events);

    public void Unreadable(string type) => _unreadable.Add(1, new KeyValuePair<string, object?>("type", type));

    public void CountedAlone() => _alone.Add(1);

    public void HistoryChanged() => _exchanged.Add(1);

    public void Lag(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
