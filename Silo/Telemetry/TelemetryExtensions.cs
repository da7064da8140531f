using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Tms.Silo.Telemetry;

/// <summary>What a process tells about itself: metrics for Prometheus, and traces and logs for whoever collects them.</summary>
public static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // A metric keeps room for this many series, so that a process at rest stays small; more are summed up under otel_metric_overflow.
    private const int MostSeries = 200;

    private static readonly string[] Meters =
    [
        "Tms.*", "Microsoft.Orleans", "Npgsql", "System.Runtime",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
    ];

    private static readonly string[] Sources = ["Tms.*", "Microsoft.Orleans.Application", "Npgsql"];

    /// <summary>
    /// Adds metrics, and traces and logs where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. Every start has an instance id of its
    /// own.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">What the process is called in them: <c>tms-api</c> or <c>tms-silo</c>.</param>
    /// <exception cref="InvalidOperationException">The collector's address cannot be right; the message names it.</exception>
    public static IHostApplicationBuilder AddTmsTelemetry(this IHostApplicationBuilder builder, string service)
    {
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service));
        telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddView(Bounded).AddPrometheusExporter());
        if (!Collector(builder.Configuration)) return builder;
        telemetry.WithTracing(traces => traces.AddSource(Sources).AddAspNetCoreInstrumentation(Asked).AddOtlpExporter());
        telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        return builder;
    }

    /// <summary><c>/metrics</c>: the text format of Prometheus, open to whoever reaches the address. It holds no tenant's data.</summary>
    public static void MapTmsMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint(
            "/metrics", null, static scrape => scrape.Use(static next => context => UnnamedPools.Hide(context, next)), null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])).AllowAnonymous();

    // Probes and scrapers ask every few seconds: their traces would hide everybody else's.
    private static void Asked(AspNetCoreTraceInstrumentationOptions requests) =>
        requests.Filter =
            static context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics");

    private static MetricStreamConfiguration Bounded(System.Diagnostics.Metrics.Instrument instrument) =>
        new() { CardinalityLimit = MostSeries };

    private static bool Collector(IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } address) return false;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? true
            : throw new InvalidOperationException($"{Endpoint} is '{address}'; it must be an address such as http://localhost:4317.");
    }
}
