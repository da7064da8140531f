using System.Net;
using System.Net.Sockets;

namespace Tms.Silo.Cluster;

/// <summary>Ports that nobody uses right now, for silos that start without fixed ones.</summary>
internal static class FreePorts
{
    /// <summary>Each given port, or a free one for every 0; all different.</summary>
    internal static (int First, int Second) Take(int first, int second)
    {
        using var one = Listen(first);
        using var two = Listen(second);
        return (Port(one) ?? first, Port(two) ?? second);
    }

    private static TcpListener? Listen(int port)
    {
        if (port != 0) return null;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int? Port(TcpListener? listener) => (listener?.LocalEndpoint as IPEndPoint)?.Port;
}
