using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.TestingHost;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;
using Tms.Grains.Scheduling;
using Tms.Grains.Tests.Persons;
using Tms.Grains.Tests.Scheduling;
using Tms.ReadModels.Hosting;
using Tms.Silo;
using Tms.Testing.Files;
using Tms.Testing.Postgres;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A silo with every aggregate on a real store; only its reader and writer can be watched and made to fail.</summary>
public abstract class AggregateCluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    private protected static SchemaMigrator Migrator { get; } =
        new([typeof(IEventReader).Assembly, typeof(ReadModelServices).Assembly], NullLogger<SchemaMigrator>.Instance);

    internal FaultyWriter Writer => (FaultyWriter)Services.GetRequiredService<IEventWriter>();

    internal WatchedReader Reader => (WatchedReader)Services.GetRequiredService<IEventReader>();

    internal IEventOpener Opener => Services.GetRequiredService<IEventOpener>();

    internal IBlobStore Blobs => Services.GetRequiredService<IBlobStore>();

    internal PersonKeys Persons => Services.GetRequiredService<PersonKeys>();

    internal AggregateServices Aggregates => Services.GetRequiredService<AggregateServices>();

    internal IGrainFactory Grains => _cluster.Client;

    /// <summary>The jobs' own clock, which stands where a test puts it; before anything is due at first.</summary>
    internal FakeTimeProvider JobTime { get; } = new(new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The clock by which the silo notices that it stood still.</summary>
    internal FakeTimeProvider StillTime { get; } = new();

    internal IPartitionSignals Signals => Services.GetRequiredService<IPartitionSignals>();

    /// <summary>When the jobs' grains set their alarms.</summary>
    internal WatchedAlarms JobAlarms { get; } = new();

    /// <summary>Every job has looked for what is due once.</summary>
    internal Task JobsLooked() => JobAlarms.Count.Reaches(Services.GetRequiredService<JobCatalog>().Names.Count());

    /// <summary>How long an idle activation of a kind of grain is kept; null: as long as Orleans keeps any.</summary>
    internal TimeSpan? KeptIdle(string grainType) =>
        Services.GetRequiredService<IClusterManifestProvider>().LocalGrainManifest.Grains[GrainType.Create(grainType)].Properties
            .TryGetValue(WellKnownGrainTypeProperties.IdleDeactivationPeriod, out var text)
            ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Runs of a job at a moment, as one more silo would do them that does not know of the job's grain.</summary>
    internal JobRuns Runs(string job, DateTimeOffset at) =>
        new(
            Services.GetRequiredService<JobParts>() with { Time = new FakeTimeProvider(at) },
            Services.GetRequiredService<JobCatalog>().Find(job)!, Grains);

    private IServiceProvider Services => _cluster.GetSiloServiceProvider();

    /// <summary>A company of its own, which nobody has registered yet.</summary>
    /// <remarks>From here on the calls of the test are made for it.</remarks>
    internal TestCompany Company()
    {
        var id = Guid.CreateVersion7();
        CallerTenant.Set(id);
        return new(this, id);
    }

    /// <summary>Ends an activation: the next call loads.</summary>
    internal Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain).WaitAsync(TestCompany.Limit);

    public virtual async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System).AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), ""))
                .AddReadModels();
            silo.Services.AddSingleton(new EventCatalog([.. TmsEvents.Catalog.All, .. CertificateDecider.Types]));
            silo.Services.AddSingleton(new PersonalEventTypes([.. CertificateDecider.Types.Select(t => t.Name)]));
            silo.Services.AddSingleton(sp => new Standstill(StillTime, sp.GetRequiredService<ILogger<Standstill>>()));
            AddStore(silo.Services);
            Wrap<IEventWriter>(silo.Services, inner => new FaultyWriter(inner));
            Wrap<IEventReader>(silo.Services, inner => new WatchedReader(inner));
            silo.Services.AddSingleton(
                sp => new JobParts(
                    sp.GetRequiredService<IOptions<JobOptions>>(), new WatchedTime(JobTime, JobAlarms), sp.GetRequiredService<JobMetrics>(),
                    sp.GetRequiredService<JobLog>()));
            // Reminders go by the real clock: none comes while a test moves the jobs' own.
            silo.Services.Configure<JobOptions>(o => (o.PageSize, o.ReminderPeriod) = (2, TimeSpan.FromHours(1)));
            silo.UseInMemoryReminderService().AddTenantFilter().AddAggregates().AddJobs();
            silo.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Tms."));
        });
        builder.ConfigureClient(client => client.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Tms.")));
        _cluster = builder.Build();
        await _cluster.DeployAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract void AddStore(IServiceCollection services);

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var real = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(real);
        services.AddSingleton(
            sp => wrap((T)(real.ImplementationFactory?.Invoke(sp) ?? ActivatorUtilities.CreateInstance(sp, real.ImplementationType!))));
    }
}

/// <summary>On SQLite, in a folder of its own.</summary>
public sealed class SqliteAggregates : AggregateCluster
{
    private readonly TempFolder _folder = new();

    public override ValueTask InitializeAsync()
    {
        Migrator.Sqlite(_folder.File("tms.db"));
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override void AddStore(IServiceCollection services) => services.AddSqliteEventStore(_folder.File("tms.db"));
}

/// <summary>On PostgreSQL, in a database of its own.</summary>
public sealed class PostgresAggregates : AggregateCluster
{
    private string _database = "";

    public override async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabases.CreateDatabase();
        await Migrator.Postgres(_database, TestContext.Current.CancellationToken);
        await base.InitializeAsync();
    }

    private protected override void AddStore(IServiceCollection services) =>
        services.AddPostgresEventStore($"{_database};Maximum Pool Size=30");
}
