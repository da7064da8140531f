using Npgsql;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Network;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Chaos.Nodes;

/// <summary>
/// Three silos and two Api processes that are their clients, on a PostgreSQL server of their own; a relay stands between the first silo and
/// the database.
/// </summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private const int PortsPerNode = 3;
    private readonly int[] _ports = Ports.Take(5 * PortsPerNode);
    private int _portsGiven;

    private RealCluster(PostgresServer database, ApiSite site)
    {
        (Database, Site) = (database, site);
        Relay = TcpProxy.Before("127.0.0.1", new NpgsqlConnectionStringBuilder(site.Postgres).Port);
        Silos = [Silo(1, Relayed), Silo(2), Silo(3)];
        Apis = [Api(1), Api(2)];
    }

    public PostgresServer Database { get; }

    public ApiSite Site { get; }

    /// <summary>All that the first silo says to the database goes through here.</summary>
    public TcpProxy Relay { get; }

    public IReadOnlyList<ClusterNode> Silos { get; }

    public IReadOnlyList<ClusterNode> Apis { get; }

    public IEnumerable<ClusterNode> All => Silos.Concat(Apis);

    private string Relayed =>
        "--ConnectionStrings:Tms=" + new NpgsqlConnectionStringBuilder(Site.Postgres) { Port = Relay.Port }.ConnectionString;

    public static async Task<RealCluster> Start()
    {
        var database = await PostgresServer.Create();
        var address =
            new NpgsqlConnectionStringBuilder(await PostgresDatabases.CreateDatabase(database.ConnectionString)) { MaxPoolSize = 20 };
        var cluster = new RealCluster(database, ApiSite.On(address.ConnectionString));
        try
        {
            await Task.WhenAll(cluster.Silos.Select(silo => silo.Start()));
            // One after the other: the first makes the keys and the administrator.
            foreach (var api in cluster.Apis) await api.Start();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the others count a silo among them.</summary>
    public async Task<bool> IsMember(ClusterNode silo) =>
        await PostgresDatabases.Scalar<long>(
            Site.Postgres!, $"select count(*) from orleans_member where status = 3 and port = {silo.SiloPort}") > 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All) await node.DisposeAsync();
        Relay.Dispose();
        await Database.DisposeAsync();
        Site.Dispose();
    }

    private ClusterNode Silo(int number, params string[] more) => Node($"silo {number}", ApiProgram.Silo, more);

    private ClusterNode Api(int number) =>
        Node(
            $"api {number}", ApiProgram.Api, "--Tms:Silo=outside", "--Tms:RateLimiting:Enabled=false",
            "--Tms:Live:ConnectionsPerUser=1000");

    private ClusterNode Node(string name, string program, params string[] more)
    {
        var ports = _ports.AsSpan(_portsGiven, PortsPerNode);
        _portsGiven += PortsPerNode;
        var given = Site.Settings(
        [
            $"--urls=http://127.0.0.1:{ports[0]}", $"--Tms:Cluster:SiloPort={ports[1]}", $"--Tms:Cluster:GatewayPort={ports[2]}",
            "--Tms:Cluster:DrainDelay=00:00:02", .. more,
        ]);
        return new ClusterNode(name, ports[0], ports[1], ApiSite.WithAdmin(given with { Program = program }));
    }
}
