using System.Diagnostics;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Scheduling;

/// <summary>Looks for what is due and does it: page by page, past what fails.</summary>
/// <remarks>Not thread-safe: its grain sees to it that one run is under way at a time.</remarks>
internal sealed class JobRuns(JobParts parts, IJob job, IGrainFactory grains)
{
    private static readonly ActivitySource Traces = new("Tms.Jobs");

    private int _failedRuns;
    private int _done;
    private int _failed;
    private Exception? _failure;

    /// <summary>Does what is due now. Never throws.</summary>
    /// <returns>How long to wait before the next look.</returns>
    internal async Task<TimeSpan> Run(CancellationToken cancel)
    {
        var now = parts.Time.GetUtcNow();
        (_done, _failed, _failure) = (0, 0, null);
        parts.Metrics.Ran(job.Name);
        try
        {
            var context = new JobContext(job.Name, grains, now);
            await foreach (var page in job.Due(now, parts.Options.PageSize, cancel))
                await Task.WhenAll(page.Select(work => Do(work, context)));
            var next = await job.Next(now, cancel) - parts.Time.GetUtcNow();
            return _failed == 0 ? Succeeded(next) : Failed(next);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            Note(e);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            return parts.Options.LongestBackOff;
        }

        return Failed(parts.Options.LongestBackOff);
    }

    private async Task Do(DueWork work, JobContext context)
    {
        try
        {
            using var caller = CallerTenant.ActingFor(work.Tenant);
            using var span = Traces.StartActivity(job.Name);
            await job.Do(work, context);
            _done++;
            parts.Metrics.Done(job.Name);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Note(e);
        }
    }

    private void Note(Exception failure)
    {
        _failed++;
        _failure = failure;
        parts.Metrics.Failed(job.Name);
    }

    private TimeSpan Succeeded(TimeSpan next)
    {
        if (_failedRuns > 0) parts.Log.Recovered(job.Name, _failedRuns);
        _failedRuns = 0;
        if (_done > 0) parts.Log.Ran(job.Name, _done);
        return next;
    }

    // An item that never succeeds must not make the others late: the job's own time is kept.
    private TimeSpan Failed(TimeSpan next)
    {
        if (_failedRuns == 0) parts.Log.Failed(job.Name, _failed, _done, _failure);
        var backOff = TimeSpan.FromTicks(
            Math.Min(parts.Options.LongestBackOff.Ticks, parts.Options.FirstBackOff.Ticks << Math.Min(_failedRuns++, 20)));
        return backOff < next ? backOff : next;
    }
}
