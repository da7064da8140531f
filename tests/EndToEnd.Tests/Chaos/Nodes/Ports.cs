using System.Net;
using System.Net.Sockets;

namespace Tms.EndToEnd.Tests.Chaos.Nodes;

/// <summary>Loopback ports that a node can come back to: below those that the system hands out to whoever asks for any.</summary>
internal static class Ports
{
    private const int Lowest = 10_000;
    private const int Highest = 32_000;

    public static int[] Take(int count)
    {
        var taken = new List<TcpListener>();
        while (taken.Count < count)
        {
            if (Listen(Random.Shared.Next(Lowest, Highest)) is { } listener) taken.Add(listener);
        }

        var ports = taken.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        taken.ForEach(listener => listener.Dispose());
        return ports;
    }

    private static TcpListener? Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
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
}
