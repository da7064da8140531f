using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tms.Api.Tenancy;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.Api.Realtime;

/// <summary>Adds the live hub to the Api.</summary>
public static class LiveHosting
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hubs/live";

    private const int LargestMessage = 32 << 10;

    /// <summary>Adds the hub, the bridges and their options (section <c>Tms:Live</c>).</summary>
    /// <remarks>Needs an <see cref="IEventReader"/>, an event catalog, a grain factory, a token validator and authentication.</remarks>
    public static IServiceCollection AddTmsLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveOptions>().BindStrictly(configuration.GetSection(LiveOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddAuthorization();
        services.AddSignalR().AddHubOptions<LiveHub>(Configure);

        // A method that there is not, or an argument that does not bind, is a client's error: it is answered, and is no error of ours with
        // a stack.
        services.AddLogging(
            static logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICompanyFeeds, OrleansCompanyFeeds>();
        services.TryAddSingleton<IConnectionLeases, OrleansConnectionLeases>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveEventFactory>();
        services.AddSingleton(Shared);
        services.AddSingleton<LiveBridges>();
        services.AddSingleton<LiveOwners>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveBridges>());
        services.AddSingleton<UserConnections>();
        services.AddHostedService(static provider => provider.GetRequiredService<UserConnections>());
        services.AddSingleton<HubLifetimeManager<LiveHub>, LiveConnections>();
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver, CountedProtocols>());
        return services;
    }

    /// <summary>Sends away who connects while the process stops: another node serves them longer.</summary>
    public static IApplicationBuilder UseTmsLive(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        return app.UseWhen(
            http => stopping.IsCancellationRequested && http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
            static live => live.Run(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }));
    }

    /// <summary>Maps the hub; a token is needed to connect.</summary>
    public static IEndpointRouteBuilder MapTmsLive(this IEndpointRouteBuilder endpoints)
    {
        HubPermissions.Check();
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<LiveOptions>>().Value;
        var owners = endpoints.ServiceProvider.GetRequiredService<LiveOwners>();
        endpoints.MapHub<LiveHub>(Path, http => Configure(http, options)).RequireAuthorization().Add(endpoint =>
        {
            var hub = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => owners.Guard(http, hub);
        });
        return endpoints;
    }

    private static void Configure(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = LargestMessage;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
        hub.StreamBufferCapacity = 1;
        hub.DisableImplicitFromServicesParameters = true;
        hub.AddFilter<LiveHubFilter>();
    }

    private static void Configure(HttpConnectionDispatcherOptions http, LiveOptions options)
    {
        // A client resumes with since: a second, buffered way to resume would only hold memory.
        http.AllowStatefulReconnects = false;
        http.ApplicationMaxBufferSize = LargestMessage * 2;
        http.TransportMaxBufferSize = options.SendBufferBytes;
        http.TransportSendTimeout = options.WriteTimeout;
    }

    private static LiveServices Shared(IServiceProvider provider)
    {
        var shared = Parts(provider);
        shared.Metrics.Watch(shared.Memory);
        return shared;
    }

    private static LiveServices Parts(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<LiveOptions>>().Value,
        provider.GetRequiredService<IEventReader>(),
        provider.GetRequiredService<LiveEventFactory>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<LiveMetrics>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Tms.Api.Realtime"))
    {
        Tokens = provider.GetRequiredService<ITokenValidator>(),
        Companies = provider.GetRequiredService<ICompanyDirectory>(),
    };
}
