using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

/// <summary>A client that takes its time over all that it has missed, and wants something else meanwhile.</summary>
[Collection(AloneCollection.Name)]
public sealed class BusyResumeTests
{
    private const int Missed = 4_000;

    [Fact]
    public async Task What_is_asked_during_a_long_resume_waits_for_little_of_it()
    {
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(5));
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        var epoch = (await (await host.Connect(user)).Connected()).Epoch;
        host.Log.AppendMany(host.Company, Missed, length: 4_000);
        using var slow = await Resume(host, user, $"since=0&epoch={epoch}");
        await ReadTo(slow, "\"position\":100,");
        await HasStopped(host.Log);

        await Say(slow, """{"type":1,"invocationId":"7","target":"Unsubscribe","arguments":[{"channels":["role:ELEV"]}]}""");
        Assert.InRange(await ReadTo(slow, "\"invocationId\":\"7\""), 1, 1 << 20);

        await Say(slow, """{"type":1,"invocationId":"8","target":"Subscribe","arguments":[{"channels":["public:announcements"]}]}""");
        Assert.InRange(await ReadTo(slow, "\"invocationId\":\"8\""), 1, 1 << 20);
        Assert.InRange(await ReadTo(slow, $"\"position\":{Missed},"), 8 << 20, long.MaxValue);
    }

    // Whatever buffers there are between the node and the client are full.
    private static Task HasStopped(FakeLog log)
    {
        var (pages, still) = (-1, 0);
        return Eventually.Holds(() =>
        {
            (pages, still) = (log.PagesRead, log.PagesRead == pages ? still + 1 : 0);
            return still == 50;
        });
    }

    private static async Task<ClientWebSocket> Resume(LiveHost host, TestUser user, string query)
    {
        var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = Connect });
        await socket.ConnectAsync(
            new UriBuilder(host.Address)
            {
                Scheme = "ws",
                Path = "/hubs/live",
                Query = $"access_token={host.Token(user, TimeSpan.FromDays(1))}&{query}",
            }.Uri,
            invoker, TestContext.Current.CancellationToken);
        await Say(socket, """{"protocol":"json","version":1}""");
        return socket;
    }

    // A buffer of a size that is said does not grow by itself: what lies between the two is the same on every machine.
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 << 10 };
        await socket.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static Task Say(ClientWebSocket socket, string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>Reads until a text comes; how many bytes that took.</summary>
    private static async Task<long> ReadTo(ClientWebSocket socket, string text)
    {
        var (bytes, seen, buffer) = (0L, "", new byte[16 << 10]);
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            bytes += part.Count;
            seen = seen[^Math.Min(seen.Length, text.Length)..] + Encoding.UTF8.GetString(buffer, 0, part.Count);
        }

        return bytes;
    }
}
