using System.Net;
using Orleans.Configuration;

namespace Tms.Silo.Cluster;

/// <summary>How silos find each other and where Orleans keeps reminders and grain storage.</summary>
internal static class ClusterSetup
{
    // The name selects Microsoft.Data.Sqlite in Orleans' ADO.NET providers.
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string PostgresInvariant = "Npgsql";

    // How much longer than usual an answer to a probe may take. Nobody votes against a silo that was heard within three times that: one
    // that stands still leaves its connections open, and must be declared dead before calls to it are given up and repeated.
    private const double SlowestProbe = 1.5;

    /// <summary>One process: endpoints on the loopback only, reminders in a file.</summary>
    internal static void Embedded(ISiloBuilder silo, SiloOptions options)
    {
        var (siloPort, gatewayPort) = FreePorts.Take(options.SiloPort, options.GatewayPort);
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId);
        AddAdoNet(silo, SqliteInvariant, ConnectionStrings.Sqlite(options.OrleansFile));
    }

    /// <summary>A member of the cluster on a PostgreSQL database. A silo that dies or stands still is noticed in seconds.</summary>
    internal static void Clustered(ISiloBuilder silo, SiloOptions options)
    {
        var connection = options.ConnectionString!;
        Endpoints(silo, options);
        silo.Configure<ClusterOptions>(o => Name(o, options));
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (PostgresInvariant, connection));
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = options.ProbeTimeout;
            o.MaxProbeTimeout = options.ProbeTimeout * SlowestProbe;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        AddAdoNet(silo, PostgresInvariant, connection);
        if (options.Kubernetes) silo.UseKubernetesHosting();
    }

    /// <summary>A client of the cluster on a PostgreSQL database. It hears of new silos within seconds.</summary>
    internal static void Client(IClientBuilder client, SiloOptions options)
    {
        client.Configure<ClusterOptions>(o => Name(o, options));
        client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (PostgresInvariant, options.ConnectionString!));
        client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
    }

    private static void Name(ClusterOptions cluster, SiloOptions options) =>
        (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId);

    private static void AddAdoNet(ISiloBuilder silo, string invariant, string connection)
    {
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (invariant, connection));
        silo.AddAdoNetGrainStorageAsDefault(o => (o.Invariant, o.ConnectionString) = (invariant, connection));
    }

    private static void Endpoints(ISiloBuilder silo, SiloOptions options)
    {
        var (siloPort, gatewayPort) = FreePorts.Take(options.SiloPort, options.GatewayPort);
        if (options.AdvertisedAddress is { } address)
        {
            silo.ConfigureEndpoints(IPAddress.Parse(address), siloPort, gatewayPort);
            return;
        }

        silo.ConfigureEndpoints(siloPort, gatewayPort, listenOnAnyHostAddress: true);
    }
}
