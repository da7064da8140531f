using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Tms.Silo.Cluster;

namespace Tms.Silo.Health;

/// <summary>Health of a silo process over HTTP.</summary>
public static class SiloHealth
{
    private const string Ready = "ready";

    /// <summary>
    /// Adds the checks <c>process</c> (not told to stop), <c>silo</c> (an active member of its cluster, or a client that reaches one),
    /// <c>writer</c> (nothing keeps the process from writing the log; a client writes nothing) and <c>store</c> (the store gives out
    /// connections).
    /// </summary>
    public static IHealthChecksBuilder AddSiloHealth(this IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton<Drain>().AddHostedService(provider => provider.GetRequiredService<Drain>());
        var checks = services.AddHealthChecks().AddCheck<DrainCheck>("process", tags: [Ready]);
        _ = options.Outside ? checks.AddCheck<ClientCheck>("silo", tags: [Ready]) : checks.AddCheck<SiloCheck>("silo", tags: [Ready]);
        if (!options.Outside) checks.AddCheck<WriterCheck>("writer", tags: [Ready]);
        return checks.AddCheck<StoreCheck>("store", tags: [Ready], timeout: TimeSpan.FromSeconds(3));
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers.
    /// <c>/health/ready</c>: it is a member of its cluster and reaches the store; <c>Degraded</c>, still with status 200, if it cannot
    /// write the log.
    /// </summary>
    internal static void MapSiloHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
