using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.EventStore.Persons;

namespace Tms.EventStore.Tests.Stores;

/// <summary>The one place that knows how a store is put together.</summary>
internal static class StoreFactory
{
    /// <summary>A unit with this much data is over every store's limit.</summary>
    public const int TooManyBytes = 5 * 1024 * 1024;

    public static async Task<StoreUnderTest> Postgres(string connectionString, StoreSetup setup)
    {
        await Migrator(setup).Postgres(connectionString, CancellationToken.None);
        return await Start(setup, services => services.AddPostgresEventStore(connectionString));
    }

    public static Task<StoreUnderTest> Sqlite(string file, StoreSetup setup)
    {
        Migrator(setup).Sqlite(file);
        return Start(setup, services => services.AddSqliteEventStore(file));
    }

    private static SchemaMigrator Migrator(StoreSetup setup) => new([typeof(IEventWriter).Assembly], setup.Heard.For<SchemaMigrator>());

    /// <summary>Starts a process' worth of the store: a host of its own with all that runs in its background.</summary>
    private static async Task<StoreUnderTest> Start(StoreSetup setup, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(setup.Time).AddSingleton<ILoggerProvider>(setup.Heard);
        foreach (var projection in setup.Projections) builder.Services.AddSingleton(projection);
        foreach (var entries in setup.Entries) builder.Services.AddSingleton(entries);
        foreach (var parts in setup.Parts) builder.Services.AddSingleton(parts);
        foreach (var tallies in setup.Tallies) builder.Services.AddSingleton(tallies);
        builder.Services.AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), ""))
            .AddSingleton(new PersonalEventTypes([People.EventType]));
        add(builder.Services);
        if (setup.Keeper) builder.Services.AddReadModelKeeper();
        // A clock of the test's own says nothing about the database's.
        if (setup.Time != TimeProvider.System)
            builder.Services.Configure<EventStoreOptions>(o => o.MaxClockDifference = TimeSpan.FromDays(36_525));
        builder.Services.Configure(setup.Options).Configure(setup.Blobs);
        Wrap(builder.Services, setup.Reader);
        var host = builder.Build();
        await host.StartAsync();
        return new(host.Services, () => Stop(host));
    }

    private static void Wrap(IServiceCollection services, Func<IEventReader, IEventReader> reader)
    {
        var real = services.Single(s => s.ServiceType == typeof(IEventReader));
        services.Remove(real);
        services.AddSingleton(provider => reader((IEventReader)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
    }

    private static async Task Stop(IHost host)
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
