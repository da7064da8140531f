using Microsoft.Extensions.Logging;
using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>What reactors write into the log of the process: on changes of state only.</summary>
internal sealed partial class ReactorLog(ILogger<ReactorLog> logger)
{
    [LoggerMessage(LogLevel.Warning, "Reactor {Reactor} failed at {EventType} {Tenant}/{Sequence}; it tries again.")]
    internal partial void Failed(string reactor, string eventType, TenantId tenant, long sequence, Exception e);

    [LoggerMessage(
        LogLevel.Information, "Reactor {Reactor} handled {EventType} {Tenant}/{Sequence} after {Failures} attempts that failed.")]
    internal partial void HandledAtLast(string reactor, string eventType, TenantId tenant, long sequence, int failures);

    [LoggerMessage(
        LogLevel.Error, "Reactor {Reactor} gave up on {EventType} {Tenant}/{Sequence} after {Attempts} attempts: a dead letter. {Error}")]
    internal partial void GaveUp(string reactor, string eventType, TenantId tenant, long sequence, int attempts, string error);

    [LoggerMessage(LogLevel.Warning, "Reactor {Reactor} of {Tenant} cannot reach the store; it waits.")]
    internal partial void NoStore(string reactor, TenantId tenant, Exception e);

    [LoggerMessage(LogLevel.Information, "Reactor {Reactor} of {Tenant} works again after {Failures} failures.")]
    internal partial void Recovered(string reactor, TenantId tenant, int failures);

    [LoggerMessage(LogLevel.Warning, "Lost rings of reactors cannot be looked for; tried again every {Period}.")]
    internal partial void NoSweep(TimeSpan period, Exception e);

    [LoggerMessage(LogLevel.Information, "Lost rings of reactors are looked for again.")]
    internal partial void SweepsAgain();

    [LoggerMessage(LogLevel.Debug, "There is no reactor of the name in {Key}: this program is older or newer than the caller.")]
    internal partial void Unknown(string key);
}
