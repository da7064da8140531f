using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Tms.Silo.Cluster;

namespace Tms.Silo;

/// <summary>Composes a client of the cluster: a process that serves people while silos elsewhere hold the grains.</summary>
public static class TmsClient
{
    /// <summary>
    /// Adds the event store, to read, and a client of the silos on the same database. Its start waits for the first of them.
    /// </summary>
    /// <exception cref="InvalidOperationException">An option cannot be right; the message names it.</exception>
    public static IHostApplicationBuilder AddTmsClient(this IHostApplicationBuilder builder, SiloOptions options)
    {
        options.Validate();
        builder.AddTmsStore(options);
        builder.Services.AddSingleton<ClusterConnection>();
        builder.UseOrleansClient(client => client.AddTmsClient(options));
        builder.Services.AddHostedService<ClusterSearch>();
        return builder;
    }

    private static void AddTmsClient(this IClientBuilder client, SiloOptions options)
    {
        ClusterSetup.Client(client, options);
        if (options.Dashboard) client.AddDashboard(TmsSilo.Quiet);
        client.Services.AddSingleton<IClientConnectionRetryFilter>(services => services.GetRequiredService<ClusterConnection>());
        client
            .AddGatewayCountChangedHandler(services => services.GetRequiredService<ClusterConnection>().Changed)
            .AddActivityPropagation()
            .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout)
            .Configure<ExceptionSerializationOptions>(TravellingFaults.Allow);
    }
}
