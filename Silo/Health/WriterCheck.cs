using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.EventStore;

namespace Tms.Silo.Health;

/// <summary>Healthy while nothing is known to keep this process from writing the log.</summary>
/// <remarks>
/// Never unhealthy: what keeps one process from writing may keep all of them, and reads go on. Taking a node out of the gateway would not
/// help its commands either, as grains live on any silo. The alerts tell an operator.
/// </remarks>
internal sealed class WriterCheck(IWriterHealth writer) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.Trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}
