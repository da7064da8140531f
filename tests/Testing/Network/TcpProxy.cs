using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tms.Testing.Network;

/// <summary>Stands between a client and a server and fails on demand as networks and frozen processes do.</summary>
public sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<ProxyLink, bool> _links = new();
    private readonly string _host;
    private readonly int _port;
    private volatile ProxyWatch? _watch;
    private volatile bool _silent;
    private volatile bool _closed;
    private long _requests;

    private TcpProxy(string host, int port, int at) => (_host, _port, _listener) = (host, port, new(IPAddress.Loopback, at));

    /// <summary>Where the client should connect: this port of the loopback address.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often clients have said something, roughly: what is said in one breath counts once.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>A proxy before a server, open at once, at a port of its own or a given one.</summary>
    public static TcpProxy Before(string host, int port, int at = 0)
    {
        var proxy = new TcpProxy(host, port, at);
        proxy._listener.Start();
        _ = proxy.AcceptAll();
        return proxy;
    }

    /// <summary>Cuts the first connection on which the server says these bytes, before the client hears them.</summary>
    /// <returns>Completes when it was cut.</returns>
    public Task CutWhenServerSays(byte[] bytes) => On(bytes, static link => link.Cut());

    /// <summary>
    /// Lets nothing more of the client through on the first connection on which the server says these bytes; it stays open.
    /// </summary>
    /// <returns>Completes when it is frozen.</returns>
    public Task FreezeClientWhenServerSays(byte[] bytes) => On(bytes, static link => link.FreezeClient());

    /// <summary>
    /// Lets nothing more through, either way, on the first connection on which the server says these bytes; it stays open.
    /// </summary>
    /// <returns>Completes when it is silent.</returns>
    public Task SilenceWhenServerSays(byte[] bytes) => On(bytes, static link => link.FreezeBoth());

    /// <summary>Waits for no words of the server any more.</summary>
    public void Relent() => _watch = null;

    /// <summary>
    /// Lets so many bytes of the next breath of each present client through that is longer, and nothing after; the connections stay open.
    /// </summary>
    /// <returns>Completes when a client was frozen in the middle of what it said.</returns>
    public Task FreezeClientsAfter(int bytes)
    {
        var frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var link in _links.Keys) link.FreezeClientAfter(bytes, frozen);
        return frozen.Task;
    }

    /// <summary>From now on nothing passes on any connection, new ones included; all of them stay open.</summary>
    public void Silence()
    {
        _silent = true;
        foreach (var link in _links.Keys) link.FreezeBoth();
    }

    /// <summary>Cuts every connection, and from now on new ones at once, as where nobody listens.</summary>
    public void CutAll()
    {
        _closed = true;
        foreach (var link in _links.Keys) link.Cut();
    }

    /// <summary>Cuts the silent connections and serves new ones again.</summary>
    public void Recover()
    {
        _silent = _closed = false;
        foreach (var link in _links.Keys) link.Cut();
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var link in _links.Keys) link.Cut();
    }

    private Task On(byte[] bytes, Action<ProxyLink> act) => (_watch = new ProxyWatch(bytes, act)).Seen;

    private async Task AcceptAll()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            // The proxy was disposed.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var link = new ProxyLink(client, () => _watch, () => Interlocked.Increment(ref _requests));
        _links[link] = true;
        if (_silent) link.FreezeBoth();
        if (!_closed) await link.Run(_host, _port);
        _links.TryRemove(link, out _);
    }
}
