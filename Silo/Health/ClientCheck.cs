using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.Silo.Cluster;

namespace Tms.Silo.Health;

/// <summary>Healthy while this client reaches a silo of its cluster.</summary>
internal sealed class ClientCheck(ClusterConnection cluster) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(cluster.IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo of the cluster can be reached."));
}
