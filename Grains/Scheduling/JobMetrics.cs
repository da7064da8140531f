using System.Diagnostics.Metrics;

namespace Tms.Grains.Scheduling;

/// <summary>The meter <c>Tms.Jobs</c>: how often each job looked, what it did and what failed.</summary>
internal sealed class JobMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _done;
    private readonly Counter<long> _failures;

    public JobMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Tms.Jobs");
        _runs = _meter.CreateCounter<long>("tms.jobs.runs", "{run}", "Looks for what is due.");
        _done = _meter.CreateCounter<long>("tms.jobs.done", "{item}", "Items done.");
        _failures = _meter.CreateCounter<long>("tms.jobs.failures", "{item}", "Items and looks that failed; they are tried again.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Ran(string job) => _runs.Add(1, Tag(job));

    internal void Done(string job) => _done.Add(1, Tag(job));

    internal void Failed(string job) => _failures.Add(1, Tag(job));

    private static KeyValuePair<string, object?> Tag(string job) => new("job_name", job);
}
