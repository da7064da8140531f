using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.Api.Documents;
using Tms.Api.Http;
using Tms.Api.Ops;
using Tms.Api.Pages;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Api.Versioning;
using Tms.EventStore.Hosting;

namespace Tms.Api.Hosting;

/// <summary>Puts the HTTP edge together: what every controller stands on.</summary>
public static class TmsApiExtensions
{
    /// <summary>Adds versions, errors, strict reading, security, limits, documents and health to the services.</summary>
    /// <exception cref="ConfigurationFaultException">A configured value cannot be right.</exception>
    public static IServiceCollection AddTmsApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        var settings = ApiSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddHealthChecks();
        services.AddSingleton<HealthReports>();
        services.AddMetrics().AddSingleton<LimitMetrics>().AddSingleton<PermitSource>();
        services.AddSingleton<CallerLimits>().AddSingleton<ICallerLimits>(static provider => provider.GetRequiredService<CallerLimits>());
        services.TryAddSingleton<IPermits, OrleansPermits>();
        return services.AddQueryTokens().AddSecretFreeLogs().AddServerLimits().AddTmsControllers().AddTmsVersioning().AddTmsSecurity()
            .AddTmsDocuments().AddNeighbours(settings);
    }

    /// <summary>Puts the edge in front of the endpoints, in the order that its parts need, and maps the controllers.</summary>
    public static WebApplication UseTmsApi(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ApiSettings>();
        if (settings.KnownProxies.Count > 0) app.UseForwardedHeaders();
        app.UseMiddleware<EdgeMiddleware>();
        app.UseTmsCors(settings);
        app.UseMiddleware<VersionMiddleware>();
        app.UseRouting();
        app.UseMiddleware<ServedVersionMiddleware>();
        app.UseMiddleware<BodyLimitMiddleware>();
        app.UseAuthentication();
        if (settings.RateLimits.Enabled) app.UseMiddleware<RateLimitMiddleware>();
        app.UseOpsDoor();
        app.UseMiddleware<Access>();
        app.UseAuthorization();
        app.UseMiddleware<AcceptMiddleware>();
        app.MapControllers();
        app.MapJwks();
        app.MapTmsHealth();
        app.MapTmsDocuments();
        app.MapPublicPages();
        return app;
    }

    // Who stands between us and the caller, and whose pages may call.
    private static IServiceCollection AddNeighbours(this IServiceCollection services, ApiSettings settings) => services
        .Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;

            // From the nearest hop on, as far as they are known, or as many as the setting says.
            options.ForwardLimit = settings.ProxyHops;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.KnownProxies) options.KnownIPNetworks.Add(network);
        })
        .AddTmsCors(settings);

    private static IServiceCollection AddServerLimits(this IServiceCollection services) => services
        .Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimitMiddleware.Drained;
            server.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            server.Limits.MaxRequestHeaderCount = 100;
            server.Limits.MaxRequestLineSize = 8 << 10;
        })
        .Configure<FormOptions>(form => form.MultipartBodyLengthLimit = UploadAttribute.MaxSize);

    private static IServiceCollection AddTmsControllers(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => JsonWire.Configure(json.SerializerOptions));
        services.AddMvcCore().AddApiExplorer();
        services.TryAddSingleton<Auth.Passwords>();
        services.AddSingleton<RequestReader>();
        services.Replace(ServiceDescriptor.Singleton<IObjectModelValidator, NoValidation>());
        services.AddSingleton<StrictJsonFormatter>();
        services.AddSingleton<JsonAnswerFormatter>();

        services.ConfigureOptions<ControllerOptions>();
        return services;
    }
}
