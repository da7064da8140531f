using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tms.Api.Hosting;

/// <summary>A part of the product as <c>GET /services</c> lists it.</summary>
/// <param name="Name">ECONOMY, HR, QUIZ, SIKKERHETSKONTROLL, …</param>
/// <param name="Checks">Names of the health checks that it needs; empty: all.</param>
public sealed record Module(string Name, IReadOnlyList<string> Checks);

/// <summary>Health as people, load balancers and the old clients ask for it. Whoever adds a part adds its check by name.</summary>
public static class HealthExtensions
{
    private const string Healthy = "healthy";
    private const string Unhealthy = "unhealthy";

    private static readonly string Version =
        typeof(HealthExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0.0.0";

    /// <summary>Maps /health, /health/live, /health/ready and /services.</summary>
    public static void MapTmsHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", All).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/live", static () => Results.Json(new { status = Healthy })).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/services", Services).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> All(HealthReports health, TimeProvider time, CancellationToken cancel)
    {
        var report = await health.Latest(cancel);
        var services = report.Entries.ToDictionary(
            entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? Healthy : Unhealthy);
        return Results.Json(new { status = Word(report.Status), timestamp = time.GetUtcNow(), services }, statusCode: Code(report.Status));
    }

    private static async Task<IResult> Ready(HealthReports health, CancellationToken cancel)
    {
        var status = (await health.Latest(cancel)).Status;
        return Results.Json(new { status = Word(status) }, statusCode: Code(status));
    }

    private static async Task<IResult> Services(HealthReports health, IEnumerable<Module> modules, CancellationToken cancel)
    {
        var report = await health.Latest(cancel);
        return Results.Json(modules.Select(module => new { module = module.Name, status = Status(module, report), version = Version }));
    }

    private static string Status(Module module, HealthReport report) => Word(module.Checks.Count == 0
        ? report.Status
        : module.Checks.Select(name => report.Entries.TryGetValue(name, out var entry) ? entry.Status : HealthStatus.Unhealthy).Min());

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Healthy,
        HealthStatus.Degraded => "degraded",
        _ => Unhealthy,
    };

    private static int Code(HealthStatus status) =>
        status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
}
