using System.Net;
using System.Net.Sockets;
using Tms.EventStore.Hosting;
using Tms.Silo;
using Tms.Silo.Cluster;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class FreePortsTests
{
    [Fact]
    public void A_port_that_is_given_and_in_use_is_refused_by_its_name()
    {
        using var other = Listening(0)!;
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Contains(
            $"Tms:Cluster:SiloPort: port {port} is in use",
            Assert.Throws<ConfigurationFaultException>(() => FreePorts.Take(port, 0)).Message, StringComparison.Ordinal);
        Assert.Contains(
            $"Tms:Cluster:GatewayPort: port {port} is in use",
            Assert.Throws<ConfigurationFaultException>(() => FreePorts.Take(0, port)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_given_and_free_is_taken()
    {
        int port;
        using (var other = Listening(0)!) port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(port, FreePorts.Take(port, 0).Silo);
    }

    [Fact]
    public void Where_the_usual_port_is_in_use_another_one_is_taken()
    {
        using var other = Listening(SiloOptions.UsualSiloPort);

        var (silo, gateway) = FreePorts.Take(null, null);

        Assert.NotEqual(SiloOptions.UsualSiloPort, silo);
        Assert.NotEqual(silo, gateway);
    }

    // Whoever had the port already serves the test as well.
    private static TcpListener? Listening(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException) when (port != 0)
        {
            listener.Dispose();
            return null;
        }

        return listener;
    }
}
