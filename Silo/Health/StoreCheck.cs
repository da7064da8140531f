using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.EventStore;

namespace Tms.Silo.Health;

/// <summary>Healthy while the store gives out connections.</summary>
internal sealed class StoreCheck(IDatabase database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.Open(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
