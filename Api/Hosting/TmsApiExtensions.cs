using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Versioning;

namespace Tms.Api.Hosting;

/// <summary>Puts the HTTP edge together: what every controller stands on.</summary>
public static class TmsApiExtensions
{
    private const long MaxBody = 1 << 20;

    /// <summary>Adds versions, errors, strict reading, security, limits, documents and health to the services.</summary>
    /// <exception cref="ConfigurationFaultException">A configured value cannot be right.</exception>
    public static IServiceCollection AddTmsApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(ApiSettings.Read(configuration));
        return services.AddServerLimits().AddTmsControllers().AddTmsVersioning();
    }

    /// <summary>Puts the edge in front of the endpoints, in the order that its parts need, and maps the controllers.</summary>
    public static WebApplication UseTmsApi(this WebApplication app)
    {
        app.UseMiddleware<EdgeMiddleware>();
        app.UseMiddleware<VersionMiddleware>();
        app.UseRouting();
        app.UseMiddleware<ServedVersionMiddleware>();
        app.MapControllers();
        return app;
    }

    private static IServiceCollection AddServerLimits(this IServiceCollection services) => services
        .Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MaxBody;
            server.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            server.Limits.MaxRequestHeaderCount = 100;
            server.Limits.MaxRequestLineSize = 8 << 10;
        })
        .Configure<FormOptions>(form => form.MultipartBodyLengthLimit = UploadAttribute.MaxSize);

    private static IServiceCollection AddTmsControllers(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => JsonWire.Configure(json.SerializerOptions));
        services.AddMvcCore().AddApiExplorer();
        services.AddSingleton<RequestReader>();
        services.Replace(ServiceDescriptor.Singleton<IObjectModelValidator, NoValidation>());
        services.AddSingleton<StrictJsonFormatter>();
        services.AddSingleton<JsonAnswerFormatter>();
        
        services.ConfigureOptions<ControllerOptions>();
        return services;
    }
}
