using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tms.Api.Hosting;

/// <summary>One report of health a second for all who ask: anybody may, and each needs connections that requests need, too.</summary>
internal sealed class HealthReports(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private Task<HealthReport>? _report;
    private long _begun;

    /// <summary>The report of the last second; whoever comes first has it made.</summary>
    public Task<HealthReport> Latest(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_report is null || time.GetElapsedTime(_begun) >= Kept || _report.IsFaulted)
                (_report, _begun) = (checks.CheckHealthAsync(CancellationToken.None), time.GetTimestamp());

            return _report.WaitAsync(cancel);
        }
    }
}
