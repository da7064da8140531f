using Microsoft.Extensions.Logging;

namespace Tms.Grains.Scheduling;

/// <summary>What jobs write into the log of the process: once a run at most.</summary>
internal sealed partial class JobLog(ILogger<JobLog> logger)
{
    [LoggerMessage(LogLevel.Information, "Job {Job} did {Done} items that were due.")]
    internal partial void Ran(string job, int done);

    [LoggerMessage(LogLevel.Warning, "Job {Job} failed at {Failed} items, after {Done} that it did; it tries again in {Pause}. The last failure:")]
    internal partial void Failed(string job, int failed, int done, TimeSpan pause, Exception? e);

    [LoggerMessage(LogLevel.Warning, "The reminder of job {Job} could not be registered; the next look tries again.")]
    internal partial void NoReminder(string job, Exception e);

    [LoggerMessage(LogLevel.Debug, "There is no job {Job}: this program is older or newer than the caller.")]
    internal partial void Unknown(string job);
}
