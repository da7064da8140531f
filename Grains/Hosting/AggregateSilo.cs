using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Tms.Grains.Placement;

namespace Tms.Grains.Hosting;

/// <summary>Adds what aggregate grains need to a silo.</summary>
public static class AggregateSilo
{
    /// <summary>
    /// Adds the journal under every <see cref="DeciderGrain{TState, TCommand, TEvent, TView}"/>. Needs the event store and the event
    /// catalog among the services.
    /// </summary>
    public static ISiloBuilder AddAggregates(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<AggregateServices>().TryAddSingleton<Standstill>();
        silo.Services.AddTenantPlacement();
        // Where creates come faster than their activations age, the oldest ones go before the memory does.
        silo.Configure<GrainCollectionOptions>(static o => o.EnableActivationSheddingOnMemoryPressure = true);
        return silo.AddCustomStorageBasedLogConsistencyProvider(AggregateServices.LogProvider);
    }
}
