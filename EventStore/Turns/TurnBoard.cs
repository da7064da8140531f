using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Turns;

/// <summary>Shows which turns this process has: gauge <c>tms.turns.held</c>, and a line in the log whenever that changes.</summary>
internal sealed class TurnBoard : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _held = new();
    private readonly Meter _meter;
    private readonly ILogger<TurnBoard> _log;

    public TurnBoard(IMeterFactory meters, ILogger<TurnBoard> log)
    {
        _log = log;
        _meter = meters.Create("Tms.EventStore");
        _meter.CreateObservableGauge("tms.turns.held", Held, null, "1 where this process does the work for the cluster, else 0");
    }

    /// <summary>Notes whose turn it is. Called by one caller at a time.</summary>
    public void Note(string work, bool held)
    {
        var before = _held.GetValueOrDefault(work);
        _held[work] = held;
        if (held && !before) _log.LogInformation("This process has the turn of {Work}: it does it for the cluster", work);
        if (!held && before) _log.LogInformation("This process has lost the turn of {Work}: another one does it", work);
    }

    /// <summary>Notes that every turn is gone.</summary>
    public void LoseAll()
    {
        foreach (var work in _held.Keys) Note(work, false);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Held() =>
        _held.Select(h => new Measurement<int>(h.Value ? 1 : 0, new KeyValuePair<string, object?>("work", h.Key)));
}
