using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.TestingHost;
using Tms.Api.Realtime;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Reactors;
using Tms.Silo;
using Tms.Streams.Hosting;
using Tms.Testing.Postgres;

namespace Tms.Api.Tests.Realtime;

/// <summary>Silos with the real feeds, fed by the real stream of a log on PostgreSQL; each silo hosts one API node.</summary>
internal sealed class FeedCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private FeedCluster(InProcessTestCluster cluster, ShiftedTime time) => (_cluster, Time) = (cluster, time);

    /// <summary>The silos' clock.</summary>
    public ShiftedTime Time { get; }

    public static async Task<FeedCluster> Start(short silos = 2, Action<ISiloBuilder>? more = null)
    {
        var database = await PostgresDatabases.CreateDatabase();
        await new SchemaMigrator([typeof(IEventReader).Assembly], NullLogger<SchemaMigrator>.Instance).Postgres(
            database, CancellationToken.None);
        var time = new ShiftedTime();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time).AddPostgresEventStore($"{database};Maximum Pool Size=30").AddReactors();
            // The test moves the silos' clock, and the database has its own.
            silo.Services.Configure<EventStoreOptions>(static o => o.MaxClockDifference = TimeSpan.FromDays(1));
            silo.UseInMemoryReminderService().AddTenantFilter().AddEventStoreStreams();
            more?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new(cluster, time);
    }

    /// <summary>The feeds as the node of a silo reaches them.</summary>
    public ICompanyFeeds Feeds(int silo = 0) => new OrleansCompanyFeeds(Part<IGrainFactory>(silo));

    /// <summary>The live hub on the node of a silo, as it runs with this cluster.</summary>
    public Task<LiveHost> Hub(int silo) => LiveHost.Start(
        options => options.HeadCheck = new LiveOptions().HeadCheck,
        services: services => services.Replace(ServiceDescriptor.Singleton(Feeds(silo)))
            .Replace(ServiceDescriptor.Singleton(Part<IEventReader>(silo))));

    public async Task Append(Guid company, int count = 1, int silo = 0)
    {
        for (var i = 0; i < count; i++)
            Assert.IsType<AppendResult.Appended>(
                await Part<IEventWriter>(silo).Append(Unit(new(company)), TestContext.Current.CancellationToken));
    }

    /// <summary>Whether a company's feed is active on any silo.</summary>
    public async Task<bool> IsActive(Guid company)
    {
        var feed = _cluster.Client.GetGrain<ICompanyFeedGrain>(company.ToString()).GetGrainId();
        return (await _cluster.Client.GetGrain<IManagementGrain>(0).GetActiveGrains(feed.Type)).Contains(feed);
    }

    /// <summary>A company whose feed is active on a silo, with a node registered by then.</summary>
    public async Task<Guid> CompanyOn(int silo, INodeFeed node)
    {
        while (true)
        {
            var company = Guid.CreateVersion7();
            await Feeds().Register(company, node);
            var feed = _cluster.Client.GetGrain<ICompanyFeedGrain>(company.ToString());
            if (_cluster.Silos[silo].SiloAddress.Equals(await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(feed)))
                return company;
        }
    }

    /// <summary>Ends a silo and the node on it without a word to anybody.</summary>
    public Task Kill(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    private static AppendUnit Unit(TenantId tenant) => new()
    {
        Tenant = tenant,
        Streams = [new(
            tenant, new("companies", Guid.CreateVersion7()), StreamVersion.Empty,
            [new(Guid.CreateVersion7(), "COMPANY_UPDATED", 1, """{"number":1,"text":"x"}"""u8.ToArray())])],
        Metadata = """{"actor":"somebody","correlationId":"c","commandId":"0190f3b4-0000-7000-8000-000000000001"}"""u8.ToArray(),
    };

    private T Part<T>(int silo)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();
}

/// <summary>The system's clock, ahead of itself by as much as a test says; timers run as ever.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
