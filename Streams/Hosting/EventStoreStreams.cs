using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.Grains.Abstractions.Shared;
using Tms.Streams.Providers;

namespace Tms.Streams.Hosting;

/// <summary>Registers the stream provider whose queues are the partitions of the event log.</summary>
public static class EventStoreStreams
{
    /// <summary>
    /// Adds the provider <see cref="CompanyStream.Provider"/>: every event, in its company's order, to implicit consumers only.
    /// </summary>
    /// <remarks>
    /// Needs <see cref="IEventReader"/>, <see cref="IPartitionSignals"/> and <see cref="ICheckpoints"/> among the services.
    /// Delivery is at least once; what a consumer misses it reads from the log.
    /// </remarks>
    public static ISiloBuilder AddEventStoreStreams(this ISiloBuilder silo, Action<LogStreamOptions>? configure = null)
    {
        AddParts(silo.Services, configure);
        return silo.AddPersistentStreams(CompanyStream.Provider, CreateFactory, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePartitionBalancing((services, _) => ActivatorUtilities.CreateInstance<HomeBalancer>(services));
            streams.Configure<StreamPullingAgentOptions>(agent => agent.Configure<IOptions<LogStreamOptions>>(Apply));
            streams.ConfigureBackoffProvider((_, _) => (Orleans.Runtime.Providers.IMessageDeliveryBackoffProvider)new DeliveryBackoff());
        });
    }

    private static void AddParts(IServiceCollection services, Action<LogStreamOptions>? configure)
    {
        services.AddOptions<LogStreamOptions>().BindStrictly(LogStreamOptions.Section).Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LogSource>();
        services.TryAddSingleton<CheckpointKeeper>();
        services.TryAddSingleton<StreamMetrics>();
    }

    private static void Apply(StreamPullingAgentOptions agent, IOptions<LogStreamOptions> options)
    {
        agent.GetQueueMsgsTimerPeriod = options.Value.PollPeriod;
        agent.MaxEventDeliveryTime = options.Value.MaxDeliveryTime;
    }

    private static LogAdapterFactory CreateFactory(IServiceProvider services, string name) => new(
        services.GetRequiredService<LogSource>(),
        services.GetRequiredService<CheckpointKeeper>(),
        services.GetRequiredService<StreamMetrics>(),
        services.GetRequiredService<IOptions<LogStreamOptions>>(),
        services.GetRequiredService<ILoggerFactory>(),
        name);
}
