using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tms.Grains.Reactors;

/// <summary>The meter <c>Tms.Reactors</c>: what each reactor did, failed at and gave up, and how far behind it is on this silo.</summary>
internal sealed class ReactorMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    internal const string Name = "Tms.Reactors";

    private readonly ConcurrentDictionary<(string Reactor, Guid Tenant), long> _behind = new();
    private readonly Meter _meter;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _swept;
    private long _waitingLetters = -1;

    public ReactorMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _handled = _meter.CreateCounter<long>("tms.reactors.handled", "{event}", "Events acted on.");
        _failures = _meter.CreateCounter<long>("tms.reactors.failures", "{attempt}", "Attempts that failed.");
        _deadLetters = _meter.CreateCounter<long>("tms.reactors.dead_letters", "{event}", "Events given up.");
        _swept = _meter.CreateCounter<long>(
            "tms.reactors.swept", "{ring}", "Reactors that a sweep found with events to act on, and rang; most were at it already.");
        _meter.CreateObservableGauge(
            "tms.reactors.lag", Lag, "{event}", "Events of all companies between the last ring and the reactor's cursor.");
        _meter.CreateObservableGauge(
            "tms.reactors.dead_letters.waiting", Waiting, "{event}",
            "Events given up by any reactor that nobody has handled yet; the silo that sweeps shows the number of the whole store.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Handled(string reactor) => _handled.Add(1, Tag(reactor));

    internal void Failed(string reactor) => _failures.Add(1, Tag(reactor));

    internal void GaveUp(string reactor) => _deadLetters.Add(1, Tag(reactor));

    internal void Swept(string reactor) => _swept.Add(1, Tag(reactor));

    internal void WaitingLetters(long letters) => Volatile.Write(ref _waitingLetters, letters);

    internal void Behind(string reactor, Guid tenant, long events)
    {
        if (events > 0)
        {
            _behind[(reactor, tenant)] = events;
            return;
        }

        _behind.TryRemove((reactor, tenant), out _);
    }

    private static KeyValuePair<string, object?> Tag(string reactor) => new("reactor", reactor);

    // Nothing until it was counted: 0 would be a lie.
    private IEnumerable<Measurement<long>> Waiting() => Volatile.Read(ref _waitingLetters) is >= 0 and var letters ? [new(letters)] : [];

    private IEnumerable<Measurement<long>> Lag() =>
        _behind.GroupBy(b => b.Key.Reactor, b => b.Value).Select(g => new Measurement<long>(g.Sum(), Tag(g.Key)));
}
