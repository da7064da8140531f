using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Abstractions.Reactors;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;
using Tms.Silo;
using Tms.Streams.Hosting;
using Tms.Testing.Logging;
using Tms.Testing.Persons;

namespace Tms.Grains.Tests.Support;

/// <summary>A log that outlives its clusters, and what was seen of it.</summary>
internal sealed class World
{
    public MemoryLog Log { get; } = new();

    public MemoryCheckpoints Checkpoints { get; } = new();

    public MemoryCursors Cursors { get; } = new();

    public GivenTurns Turns { get; } = new();

    public Deliveries Deliveries { get; } = new();

    public HeardLog Heard { get; } = new();

    public List<IReactor> Reactors { get; } = [];

    public Action<ReactorOptions> Patience { get; set; } = o => (o.FirstBackOff, o.LongestBackOff, o.SaveAfter) =
        (TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));

    public static TenantId Company() => new(Guid.CreateVersion7());

    /// <summary>Companies that share a partition.</summary>
    public static TenantId[] Neighbours(int count)
    {
        var all = Enumerable.Range(0, count * TenantId.Partitions * 4).Select(_ => Company());
        return [.. all.GroupBy(t => t.Partition).MaxBy(g => g.Count())!.Take(count)];
    }

    public async Task<InProcessTestCluster> Start(short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        var cluster = builder.Build();
        await cluster.DeployAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return cluster;
    }

    public static IReactorGrain Reactor(InProcessTestCluster cluster, TenantId tenant, string name)
    {
        CallerTenant.Set(tenant.Value);
        return cluster.Client.GetGrain<IReactorGrain>(ReactorKey.For(tenant.Value, name));
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.Services
            .AddSingleton<IEventReader>(Log).AddSingleton<IReactorEvents>(Log).AddSingleton<IEventOpener, NobodysEvents>()
            .AddSingleton<IPartitionSignals>(Log)
            .AddSingleton<ITurns>(Turns).AddSingleton<ICheckpoints>(Checkpoints).AddSingleton<IReactorCursors>(Cursors)
            .AddSingleton(Deliveries).AddSingleton<ILoggerProvider>(Heard)
            .AddReactors(Patience);
        foreach (var reactor in Reactors) silo.Services.AddSingleton(reactor);
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(3));
        silo.UseInMemoryReminderService().AddTenantFilter().AddEventStoreStreams(o =>
        {
            o.CheckpointPeriod = TimeSpan.FromMilliseconds(50);
            o.LongPoll = TimeSpan.FromMilliseconds(50);
            (o.FirstBackOff, o.LongestBackOff) = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50));
        });
    }
}
