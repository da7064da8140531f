using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.Silo.Cluster;

namespace Tms.Silo.Health;

/// <summary>Healthy until the process is told to stop.</summary>
internal sealed class DrainCheck(Drain drain) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("The process was told to stop.") : HealthCheckResult.Healthy());
}
