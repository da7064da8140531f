using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Tms.Api.Ops;

namespace Tms.Api.Hosting;

/// <summary>
/// Whose pages may call (<c>Tms:Cors:Origins</c>): before versions and routing, so that every answer says it, refusals too.
/// </summary>
internal static class Cors
{
    private static readonly string[] Exposed =
    [
        "ETag", "Location", "Retry-After", "Allow", "WWW-Authenticate", "Deprecation", "Sunset", "Link", "X-API-Version",
        "api-supported-versions", "api-deprecated-versions", "X-Correlation-ID", "Idempotent-Replayed", "X-RateLimit-Limit",
        "X-RateLimit-Remaining", "X-RateLimit-Reset",
    ];

    private static readonly StringValues Origin = "Origin";

    /// <summary>Adds the origins.</summary>
    public static IServiceCollection AddTmsCors(this IServiceCollection services, ApiSettings settings)
    {
        services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .WithOrigins([.. settings.CorsOrigins]).AllowAnyMethod().AllowAnyHeader().AllowCredentials()
            .WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        return services.Replace(ServiceDescriptor.Transient<ICorsService, Service>());
    }

    /// <summary>Answers preflights and marks answers, but for the operators' pages, which no other page may call.</summary>
    public static void UseTmsCors(this IApplicationBuilder app, ApiSettings settings)
    {
        if (settings.CorsOrigins.Count == 0) return;
        app.UseWhen(static context => !OpsEndpoints.AreAsked(context), static others => others.Use(static (context, next) =>
        {
            context.Response.Headers.Vary = StringValues.Concat(context.Response.Headers.Vary, Origin);
            return next(context);
        }).UseCors());
    }

    // Vary stands on every answer here, whoever asks; the framework would add it again to some.
    private sealed class Service(IOptions<CorsOptions> options, ILoggerFactory logs) : CorsService(options, logs)
    {
        public override void ApplyResult(CorsResult result, HttpResponse response)
        {
            result.VaryByOrigin = false;
            base.ApplyResult(result, response);
        }
    }
}
