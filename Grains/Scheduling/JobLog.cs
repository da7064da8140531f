using Microsoft.Extensions.Logging;

namespace Tms.Grains.Scheduling;

/// <summary>What jobs write into the log of the process: what it did, and when it begins to fail and works again.</summary>
internal sealed partial class JobLog(ILogger<JobLog> logger)
{
    [LoggerMessage(LogLevel.Information, "Job {Job} did {Done} items that were due.")]
    internal partial void Ran(string job, int done);

    [LoggerMessage(
        LogLevel.Warning,
        "Job {Job} failed at {Failed} items, after {Done} that it did; it tries again until all is done. The last failure:")]
    internal partial void Failed(string job, int failed, int done, Exception? e);

    [LoggerMessage(LogLevel.Information, "Job {Job} works again after {Runs} runs that failed.")]
    internal partial void Recovered(string job, int runs);

    [LoggerMessage(LogLevel.Warning, "The reminder of job {Job} could not be registered; every look tries again.")]
    internal partial void NoReminder(string job, Exception e);

    [LoggerMessage(LogLevel.Information, "The reminder of job {Job} is registered at last.")]
    internal partial void ReminderAtLast(string job);

    [LoggerMessage(LogLevel.Debug, "There is no job {Job}: this program is older or newer than the caller.")]
    internal partial void Unknown(string job);
}
