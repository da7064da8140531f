using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Upkeep;

/// <summary>
/// Shows when the night's work was last done: gauges <c>tms.upkeep.succeeded</c> and <c>tms.upkeep.failed</c>, seconds since 1970, 0 for
/// never. A failure is a line in the log.
/// </summary>
/// <remarks>The work is done by other processes, which note it in the store; each silo reads the notes once a minute.</remarks>
internal sealed class UpkeepWatch : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly UpkeepNotes _store;
    private readonly TimeProvider _time;
    private readonly ILogger<UpkeepWatch> _log;
    private readonly SignalLoop _loop;
    private readonly Meter _meter;
    private volatile IReadOnlyList<UpkeepNote>? _notes;

    public UpkeepWatch(UpkeepNotes store, IMeterFactory meters, TimeProvider time, ILogger<UpkeepWatch> log)
    {
        (_store, _time, _log) = (store, time, log);
        _loop = new("read when the night's work was done", time, log);
        _meter = meters.Create("Tms.Upkeep");
        _meter.CreateObservableGauge("tms.upkeep.succeeded", Succeeded, "s", "When work of the night last succeeded; 0: never");
        _meter.CreateObservableGauge("tms.upkeep.failed", Failed, "s", "When work of the night last failed; 0: never");
    }

    /// <summary>Reads the notes, and tells of failures that were not known.</summary>
    internal async Task Look(CancellationToken cancel)
    {
        var notes = await _store.Read(cancel);
        var known = _notes ?? [.. notes.Where(n => n.Succeeded).Select(n => n with { Succeeded = false })];
        foreach (var failure in notes.Where(n => !n.Succeeded && !known.Any(k => k.Work == n.Work && !k.Succeeded && k.At >= n.At)))
            _log.LogWarning("The night's {Work} failed at {At}", failure.Work, failure.At);
        _notes = notes;
        _loop.Well();
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.Run(
        async stop =>
        {
            await Look(stop);
            await Task.Delay(Period, _time, stop);
        },
        stoppingToken);

    private IEnumerable<Measurement<long>> Succeeded() => Times(succeeded: true);

    private IEnumerable<Measurement<long>> Failed() => Times(succeeded: false);

    // Before the first look nothing is known, which is not the same as never.
    private IEnumerable<Measurement<long>> Times(bool succeeded) =>
        _notes is not { } notes ? [] : UpkeepNotes.Works.Select(work => new Measurement<long>(
            notes.Where(n => n.Work == work && n.Succeeded == succeeded).Select(n => n.At.ToUnixTimeSeconds()).FirstOrDefault(),
            new KeyValuePair<string, object?>("work", work)));
}
