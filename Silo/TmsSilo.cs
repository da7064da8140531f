using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.EventStore.Upkeep;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Hosting;
using Tms.Grains.Mail;
using Tms.Grains.Reactors;
using Tms.Grains.Scheduling;
using Tms.ReadModels.Hosting;
using Tms.Silo.Cluster;
using Tms.Streams.Hosting;

namespace Tms.Silo;

/// <summary>Composes a silo: in a process of its own, or inside the API.</summary>
public static class TmsSilo
{
    /// <summary>Adds the event store and a silo on it. The schema is applied before anything starts.</summary>
    /// <exception cref="InvalidOperationException">An option cannot be right; the message names it.</exception>
    public static IHostApplicationBuilder AddTmsSilo(this IHostApplicationBuilder builder, SiloOptions options)
    {
        options.Validate();
        builder.AddTmsStore(options);
        builder.Services.AddReadModelKeeper().AddUpkeepWatch();
        builder.Services.AddMail(MailSettings.Read(builder.Configuration));
        builder.UseOrleans(silo => silo.AddTmsSilo(options));
        return builder;
    }

    /// <summary>Adds the event store alone: for processes that read it and whose silos are elsewhere.</summary>
    public static IHostApplicationBuilder AddTmsStore(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => MasterKey.Load(options.MasterKey, options.DataPath));
        builder.Services.AddSingleton(options).AddReadModels().AddHostedService<SchemaStart>().AddHostedService<MasterKeyCheck>();
        _ = options.ConnectionString is { } postgres
            ? builder.Services.AddPostgresEventStore(postgres).AddSingleton<ISiloMembers, PostgresMembers>()
            : builder.Services.AddSqliteEventStore(options.StoreFile).AddSingleton<ISiloMembers, EmbeddedMembers>();
        return builder;
    }

    /// <summary>
    /// Adds what makes an Orleans silo one of TMS: its cluster, the log's streams, reactors, jobs and the tenant filter. Needs the event
    /// store among the services.
    /// </summary>
    public static ISiloBuilder AddTmsSilo(this ISiloBuilder silo, SiloOptions options)
    {
        Action<ISiloBuilder, SiloOptions> cluster = options.Embedded ? ClusterSetup.Embedded : ClusterSetup.Clustered;
        cluster(silo, options);
        silo.Services.AddReactors();
        if (options.Dashboard) silo.AddDashboard(Quiet);
        return silo
            .AddTenantFilter()
            .AddAggregates()
            .AddJobs()
            .AddEventStoreStreams()
            .AddActivityPropagation()
            .Configure<SiloMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout)
            .Configure<ExceptionSerializationOptions>(TravellingFaults.Allow);
    }

    // The live log would show what it says of companies and people.
    /// <summary>The live log of a process shows what belongs to companies: the dashboard shows none.</summary>
    internal static void Quiet(DashboardOptions dashboard) => dashboard.HideTrace = true;

    /// <summary>Adds the filter that keeps tenants apart.</summary>
    public static ISiloBuilder AddTenantFilter(this ISiloBuilder silo)
    {
        silo.Services.AddMetrics();
        return silo.AddIncomingGrainCallFilter<TenantCallFilter>();
    }
}
