using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.Grains.Hosting;
using Tms.Grains.Reactors;
using Tms.ReadModels.Hosting;
using Tms.Silo;
using Tms.Streams.Hosting;
using Tms.Testing.Files;
using Tms.Testing.Postgres;

namespace Tms.Grains.Tests.Support;

/// <summary>A real store that outlives its clusters, with all that delivers from it and acts on it, and what was seen of that.</summary>
internal sealed class StoreWorld : IAsyncDisposable
{
    private static readonly SchemaMigrator Migrator =
        new([typeof(IEventReader).Assembly, typeof(ReadModelServices).Assembly], NullLogger<SchemaMigrator>.Instance);

    private readonly TempFolder _folder = new();
    private readonly List<InProcessTestCluster> _clusters = [];

    private StoreWorld(string? postgres) => Postgres = postgres;

    /// <summary>The database; null: SQLite, in a folder of its own.</summary>
    public string? Postgres { get; }

    public Deliveries Deliveries { get; } = new();

    public List<IReactor> Reactors { get; } = [];

    public Action<EventStoreOptions> Store { get; set; } = static _ => { };

    public Action<ReactorOptions> Patience { get; set; } = static _ => { };

    /// <summary>What a test adds to every silo.</summary>
    public Action<ISiloBuilder> More { get; set; } = static _ => { };

    public static async Task<StoreWorld> OnPostgres()
    {
        var world = new StoreWorld(await PostgresDatabases.CreateDatabase());
        await Migrator.Postgres(world.Postgres!, CancellationToken.None);
        return world;
    }

    public static StoreWorld OnSqlite()
    {
        var world = new StoreWorld(null);
        Migrator.Sqlite(world.File);
        return world;
    }

    public async Task<InProcessTestCluster> Start(short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client => client.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Tms.")));
        var cluster = builder.Build();
        _clusters.Add(cluster);
        await cluster.DeployAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters) await cluster.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        _folder.Dispose();
    }

    private string File => _folder.File("tms.db");

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton(TimeProvider.System).AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), ""))
            .AddReadModels().AddSingleton(Deliveries).AddReactors(Patience);
        _ = Postgres is { } database
            ? silo.Services.AddPostgresEventStore($"{database};Maximum Pool Size=30")
            : silo.Services.AddSqliteEventStore(File);
        silo.Services.Configure(Store);
        foreach (var reactor in Reactors) silo.Services.AddSingleton(reactor);
        silo.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Tms."));
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.UseInMemoryReminderService().AddTenantFilter().AddAggregates().AddEventStoreStreams();
        More(silo);
    }
}

/// <summary>What a test asks of the store of a silo.</summary>
internal static class SiloStores
{
    public static IEventWriter Writer(this InProcessTestCluster cluster, int silo = 0) => cluster.Part<IEventWriter>(silo);

    public static IEventReader Reader(this InProcessTestCluster cluster, int silo = 0) => cluster.Part<IEventReader>(silo);

    public static T Part<T>(this InProcessTestCluster cluster, int silo = 0)
        where T : notnull => cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();
}
