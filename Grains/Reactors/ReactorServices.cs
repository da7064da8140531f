using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.EventStore.Hosting;

namespace Tms.Grains.Reactors;

/// <summary>Registers reactors and what hosts them.</summary>
public static class ReactorServices
{
    /// <summary>Adds a reactor; one instance serves every company.</summary>
    public static IServiceCollection AddReactor<T>(this IServiceCollection services)
        where T : class, IReactor => services.AddSingleton<IReactor, T>();

    /// <summary>Adds what reactors and the companies' feeds run on. Needs an event store among the services.</summary>
    public static IServiceCollection AddReactors(this IServiceCollection services, Action<ReactorOptions>? configure = null)
    {
        services.AddOptions<ReactorOptions>().BindStrictly(ReactorOptions.Section).Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ReactorCatalog>();
        services.TryAddSingleton<ReactorSets>();
        services.TryAddSingleton<ReactorTail>();
        services.TryAddSingleton<ReactorMetrics>();
        services.TryAddSingleton<ReactorLog>();
        services.TryAddSingleton<ReactorParts>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ReactorSweep>();
        return services;
    }
}
