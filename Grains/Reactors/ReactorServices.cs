using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>Registers reactors and what hosts them.</summary>
public static class ReactorServices
{
    /// <summary>Adds a reactor; one instance serves every company.</summary>
    public static IServiceCollection AddReactor<T>(this IServiceCollection services)
        where T : class, IReactor => services.AddSingleton<IReactor, T>();

    /// <summary>Adds what reactors and the companies' feeds run on. Needs <see cref="IEventReader"/> and <see cref="IReactorCursors"/> among the services.</summary>
    public static IServiceCollection AddReactors(this IServiceCollection services, Action<ReactorOptions>? configure = null)
    {
        services.AddOptions<ReactorOptions>().Configure(configure ?? (static _ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ReactorCatalog>();
        services.TryAddSingleton<ReactorMetrics>();
        services.TryAddSingleton<ReactorLog>();
        services.TryAddSingleton<ReactorParts>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ReactorSweep>();
        return services;
    }
}
