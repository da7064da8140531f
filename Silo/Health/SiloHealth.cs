using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Tms.Silo.Health;

/// <summary>Health of a silo process over HTTP.</summary>
public static class SiloHealth
{
    private const string Ready = "ready";

    /// <summary>Adds the checks <c>silo</c> (an active member of its cluster) and <c>store</c> (the store gives out connections).</summary>
    public static IHealthChecksBuilder AddSiloHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<SiloCheck>("silo", tags: [Ready])
        .AddCheck<StoreCheck>("store", tags: [Ready], timeout: TimeSpan.FromSeconds(3));

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it is a member of its cluster and reaches the store.</summary>
    internal static void MapSiloHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
