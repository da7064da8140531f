using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tms.EventStore.Blobs;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Persons;
using Tms.EventStore.Postgres;
using Tms.EventStore.Readers;
using Tms.EventStore.Rebuild;
using Tms.EventStore.Sqlite;
using Tms.EventStore.Turns;
using Tms.EventStore.Upkeep;

namespace Tms.EventStore.Hosting;

/// <summary>Adds the log and what stands beside it to a host.</summary>
/// <remarks>
/// Read models are picked up from the services: every registered <see cref="IInlineProjection"/>, <see cref="IInlineEntries"/>,
/// <see cref="IInlineParts"/> and <see cref="IInlineTallies"/>.
/// The schema must be applied first: <see cref="SchemaMigrator"/>. A <see cref="Keys.MasterKey"/> is needed once a person's event is met.
/// </remarks>
public static class EventStoreServices
{
    /// <summary>The log on PostgreSQL.</summary>
    public static IServiceCollection AddPostgresEventStore(this IServiceCollection services, string connectionString) => services
        .AddShared()
        .AddSingleton(sp => ActivatorUtilities.CreateInstance<PostgresConnections>(sp, connectionString))
        .AddSingleton<PostgresHistory>()
        .AddSingleton<StoreClock>()
        .AddSingleton<IDatabase, PostgresDatabase>()
        .AddSingleton<IEventReader, PostgresEventReader>()
        .AddSingleton<IEventWriter>(sp => Writer(
            sp,
            LaneCount.Of(sp.GetRequiredService<EventStoreOptions>().Lanes, Environment.ProcessorCount),
            () => ActivatorUtilities.CreateInstance<PostgresBatchStore>(sp)))
        .AddSingleton<IRebuildStore, PostgresRebuildStore>()
        .AddSingleton<PostgresTurns>().AddSingleton<ITurns>(sp => sp.GetRequiredService<PostgresTurns>())
        .AddHostedService(sp => sp.GetRequiredService<PostgresTurns>())
        .AddHostedService<PostgresClock>()
        .AddHostedService<PostgresSignals>();

    /// <summary>The log in a SQLite file.</summary>
    public static IServiceCollection AddSqliteEventStore(this IServiceCollection services, string path) => services
        .AddShared()
        .AddSingleton(_ => new SqliteConnections(path))
        .AddSingleton<SqliteHistory>()
        .AddSingleton<IDatabase, SqliteDatabase>()
        .AddSingleton<IEventReader, SqliteEventReader>()
        .AddSingleton<IEventWriter>(sp => Writer(sp, 1, () => ActivatorUtilities.CreateInstance<SqliteBatchStore>(sp)))
        .AddSingleton<IRebuildStore, SqliteRebuildStore>()
        .AddSingleton<ITurns, SqliteTurns>()
        .AddHostedService<SqliteSignals>().AddHostedService<SqliteWal>();

    /// <summary>
    /// Keeps read models up to date of companies that nobody appends to: for silos. With SQLite it does so while the process starts.
    /// </summary>
    public static IServiceCollection AddReadModelKeeper(this IServiceCollection services) => services
        .AddSingleton<KeeperParts>()
        .AddHostedService<ReadModelKeeper>();

    private static IServiceCollection AddShared(this IServiceCollection services)
    {
        services.AddOptions<EventStoreOptions>().BindStrictly(EventStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        return services
            .AddSingleton(sp => sp.GetRequiredService<IOptions<EventStoreOptions>>().Value)
            .AddSingleton(sp => new InlineModels(
                [.. sp.GetServices<IInlineProjection>()], [.. sp.GetServices<IInlineEntries>()], [.. sp.GetServices<IInlineParts>()],
                [.. sp.GetServices<IInlineTallies>()]))
            .AddSingleton(new SchemaScripts(typeof(EventStoreServices).Assembly))
            .AddSingleton<EventStoreMetrics>()
            .AddSingleton<StoreHistory>()
            .AddSingleton<WriterHealth>()
            .AddSingleton<IWriterHealth>(sp => sp.GetRequiredService<WriterHealth>())
            .AddSingleton(sp => ActivatorUtilities.CreateInstance<LaneParts>(sp, sp.GetRequiredService<ILogger<WriterLane>>()))
            .AddSingleton<StoreWatch>()
            .AddSingleton<TurnBoard>()
            .AddSingleton<PartitionSignals>()
            .AddSingleton<PartitionTails>()
            .AddSingleton<CommittedBatch>()
            .AddSingleton<IPartitionSignals>(sp => sp.GetRequiredService<PartitionSignals>())
            .AddSingleton<ICheckpoints, Checkpoints>()
            .AddSingleton<IReactorCursors, ReactorCursors>()
            .AddSingleton<IReactorEvents, ReactorEvents>()
            .AddSingleton<IStreamFinder, StreamFinder>()
            .AddSingleton<IActorEvents, ActorEvents>()
            .AddSingleton<IEventSearch, EventSearch>()
            .AddSingleton<ChainCheck>()
            .AddSingleton<UpkeepNotes>()
            .AddSingleton<IErasedData, ErasedData>()
            .AddSingleton<IKeyStore, KeyStore>()
            .AddSingleton<PersonKeys>()
            .AddSingleton(sp => new Lazy<PersonKeys>(sp.GetRequiredService<PersonKeys>))
            .AddSingleton<IEventOpener, SealedEvents>()
            .AddSingleton<IPersonTraces, PersonTraces>()
            .AddSingleton<StreamRefold>()
            .AddBlobs()
            .AddSingleton<TenantsBehind>()
            .AddSingleton<GapReader>()
            .AddSingleton<StreamPieces>()
            .AddSingleton<WalkParts>()
            .AddSingleton<Covering>()
            .AddSingleton<ReadModelRebuilder>()
            .AddSingleton<IReadModels>(sp => sp.GetRequiredService<ReadModelRebuilder>());
    }

    private static WriterLanes Writer(IServiceProvider services, int lanes, Func<IBatchStore> session) =>
        new(session, lanes, services.GetRequiredService<LaneParts>());
}
