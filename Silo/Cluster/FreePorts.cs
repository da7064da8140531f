using System.Net;
using System.Net.Sockets;
using Tms.EventStore.Hosting;

namespace Tms.Silo.Cluster;

/// <summary>Ports for Orleans that no other process listens on.</summary>
/// <remarks>Orleans would share a port with another process, and the cluster would take the two for one silo that started again.</remarks>
internal static class FreePorts
{
    /// <summary>
    /// The ports of a silo and of its gateway: each as it was given, or the usual one where that is free, or any; different.
    /// </summary>
    /// <exception cref="ConfigurationFaultException">One that was given is in use.</exception>
    internal static (int Silo, int Gateway) Take(int? silo, int? gateway)
    {
        using var one = Listen(silo, SiloOptions.UsualSiloPort, "Tms:Cluster:SiloPort");
        using var two = Listen(gateway, SiloOptions.UsualGatewayPort, "Tms:Cluster:GatewayPort");
        return (Port(one), Port(two));
    }

    private static TcpListener Listen(int? given, int usual, string name) =>
        TryListen(given ?? usual) ?? (given is null ? TryListen(0) : null)
        ?? throw new ConfigurationFaultException(
            $"{name}: port {given} is in use by another process. Give this one a port of its own, or 0 for any free one.");

    private static TcpListener? TryListen(int port)
    {
        var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
