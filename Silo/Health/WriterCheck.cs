using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.EventStore;

namespace Tms.Silo.Health;

/// <summary>Healthy while nothing is known to keep this process from writing the log.</summary>
internal sealed class WriterCheck(IWriterHealth writer) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}
