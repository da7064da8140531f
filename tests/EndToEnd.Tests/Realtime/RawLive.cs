using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Tms.EndToEnd.Tests.Realtime;

/// <summary>A client that writes what it likes on the wire of the hub, and reads only when told to.</summary>
internal sealed class RawLive : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { ConnectCallback = Narrow });

    public static async Task<RawLive> Connect(HttpClient http, string? token)
    {
        var live = new RawLive();
        var address = new UriBuilder(http.BaseAddress!) { Scheme = "ws", Path = "/hubs/live", Query = "access_token=" + token }.Uri;
        await live._socket.ConnectAsync(address, live._http, TestContext.Current.CancellationToken);
        await live.Send("""{"protocol":"json","version":1}""");
        return live;
    }

    /// <summary>One message, ended as the protocol wants it.</summary>
    public Task Send(string json) => SendBytes(Encoding.UTF8.GetBytes(json + End));

    /// <summary>False when the server has hung up.</summary>
    public async Task<bool> TrySend(string json)
    {
        try
        {
            await Send(json);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    public Task SendBytes(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(bytes, type, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>Says that nothing more will come.</summary>
    public Task EndOfWords() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    /// <summary>Reads until the server hangs up; everything that it said.</summary>
    public Task<string> ReadToEnd() => Read(static _ => false).WaitAsync(Patience);

    /// <summary>Reads until what was said holds, or the server hangs up.</summary>
    public async Task<string> Read(Func<string, bool> holds)
    {
        var (said, buffer) = (new StringBuilder(), new byte[64 << 10]);
        try
        {
            while (!holds(said.ToString()))
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
                if (got.MessageType == WebSocketMessageType.Close) break;
                said.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
        catch (WebSocketException)
        {
            // The server hung up without goodbye.
        }

        return said.ToString();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    // Little is buffered on our side: who does not read is felt by the server soon.
    private static async ValueTask<Stream> Narrow(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 8 << 10 };
        await socket.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
