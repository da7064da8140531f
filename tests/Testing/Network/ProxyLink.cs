using System.Net.Sockets;

namespace Tms.Testing.Network;

/// <summary>One client's connection through the proxy.</summary>
internal sealed class ProxyLink(TcpClient client, Func<ProxyWatch?> watch, Action heard) : IDisposable
{
    private readonly TcpClient _server = new();
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _clientFrozen;
    private volatile Breath? _breath;
    private volatile bool _serverFrozen;

    public async Task Run(string host, int port)
    {
        try
        {
            await Open(host, port);
            await Task.WhenAny(FromClient(), FromServer(), _cut.Task);
        }
        catch (Exception lost) when (lost is SocketException or IOException or ObjectDisposedException)
        {
            // The server is not there: the client sees its connection closed.
        }
    }

    /// <summary>Closes both sides; what was not passed on is lost.</summary>
    public void Cut()
    {
        _cut.TrySetResult();
        Dispose();
    }

    public void FreezeClient() => _clientFrozen = true;

    public void FreezeClientAfter(int bytes, TaskCompletionSource frozen) => _breath = new(bytes, frozen);

    public void FreezeBoth() => _clientFrozen = _serverFrozen = true;

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task Open(string host, int port)
    {
        if (_clientFrozen) await _cut.Task;
        await _server.ConnectAsync(host, port);
        client.NoDelay = _server.NoDelay = true;
    }

    private async Task FromClient()
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await Read(client, buffer)) > 0)
        {
            heard();
            if (_clientFrozen) await _cut.Task;
            if (_breath is { } breath && read >= breath.Bytes)
            {
                // The server has begun to work on it, and waits for the rest for ever.
                _clientFrozen = true;
                read = breath.Bytes;
                breath.Frozen.TrySetResult();
            }

            await _server.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task FromServer()
    {
        var buffer = new byte[1 << 16];
        byte[] tail = [];
        int read;
        while ((read = await Read(_server, buffer)) > 0)
        {
            tail = watch()?.Look(this, tail, buffer.AsSpan(0, read)) ?? [];
            if (_serverFrozen) await _cut.Task;
            if (_cut.Task.IsCompleted) return;
            await client.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private static async Task<int> Read(TcpClient from, byte[] buffer)
    {
        try
        {
            return await from.GetStream().ReadAsync(buffer);
        }
        catch (Exception lost) when (lost is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>How much of one breath passes before its client is frozen.</summary>
    private sealed record Breath(int Bytes, TaskCompletionSource Frozen);
}
