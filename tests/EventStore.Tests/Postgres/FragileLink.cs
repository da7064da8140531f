using Npgsql;
using Tms.Testing.Network;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A way to a database that a test can break.</summary>
internal sealed class FragileLink : IDisposable
{
    private FragileLink(TcpProxy proxy, string connectionString) => (Proxy, ConnectionString) = (proxy, connectionString);

    public TcpProxy Proxy { get; }

    /// <summary>Reaches the database through the proxy, unencrypted so that the proxy understands what is said.</summary>
    public string ConnectionString { get; }

    public static FragileLink To(string connectionString)
    {
        var direct = new NpgsqlConnectionStringBuilder(connectionString);
        var proxy = TcpProxy.Before(direct.Host!, direct.Port);
        var fragile =
            new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = proxy.Port, SslMode = SslMode.Disable };
        return new(proxy, fragile.ConnectionString);
    }

    public void Dispose() => Proxy.Dispose();
}
