using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Realtime;
using Tms.Domain.Users;
using Tms.Testing;

namespace Tms.Api.Tests.Realtime;

[Collection(AloneCollection.Name)]
public sealed class SlowClientTests
{
    [Fact]
    public async Task A_client_that_stops_reading_is_dropped_and_slows_nobody()
    {
        // Only our own clock moves: SignalR's limit for a send, by the real one, is not what drops the client.
        var time = new FakeTimeProvider();
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(5), time: time);
        using var stuck = await Handshake(host);
        var reads = await host.ConnectWith(host.Token(TestUser.Of(Role.Bruker, host.Company), TimeSpan.FromDays(1)));
        await reads.Connected();
        Assert.Equal(2, host.Bridges.Connections);

        // Far more than the sockets of both ends buffer.
        for (var n = 0; n < 20; n++)
        {
            await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 10, length: 200_000));
            await reads.Until(all => all.Count(received => received.Target == "event") == (n + 1) * 10);
        }

        await Eventually.Holds(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return host.Bridges.Connections == 1;
        });
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 1));
        await reads.Until(all => all.Count(received => received.Target == "event") == 201);

        Assert.Equal(201, reads.Positions.Length);
    }

    [Fact]
    public async Task Whose_session_is_revoked_gets_nothing_of_what_it_has_not_read()
    {
        await using var host = await LiveHost.Start(
            options => (options.WriteTimeout, options.LastWords) = (TimeSpan.FromMinutes(5), new LiveOptions().LastWords));
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        using var stuck = await Handshake(host, user);
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 100, length: 200_000));
        var watcher = await host.Connect();
        await watcher.Connected();

        using var since = WorkingTime.Start();
        host.Tokens.Revoke(user);
        await Eventually.Holds(() => host.Bridges.Connections == 1);

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(await Rest(stuck), 0, 100 * 200_000 / 2);
        Assert.NotEqual(WebSocketState.Open, stuck.State);
    }

    [Fact]
    public async Task What_a_stuck_client_has_not_read_is_not_kept_in_memory()
    {
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(1));
        using var stuck = await Handshake(host);
        var watcher = await host.Connect();
        await watcher.Connected();
        await watcher.Invoke("Unsubscribe", new { channels = LiveHost.Rooms($"company:{host.Company}") });
        var type = TestEvents.Catalog.Find("COMPANY_UPDATED")!;
        var data = type.Encode(new CompanyUpdated(1, new string('x', 200_000)));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var n = 1; n <= 1_000; n++)
        {
            await host.Feeds.Deliver(host.Log.Append(host.Company, type.Name, 1, data));
        }

        await watcher.Reached(1_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
        Assert.Equal(2, host.Bridges.Connections);
    }

    [Fact]
    public async Task Who_lags_further_than_can_be_resumed_is_dropped()
    {
        await using var host = await LiveHost.Start(options =>
        {
            options.ResumeLimit = 100;
            options.WriteTimeout = TimeSpan.FromMinutes(1);
            options.LastWords = new LiveOptions().LastWords;
        });
        using var stuck = await Handshake(host);
        var watcher = await host.Connect();
        await watcher.Connected();
        await watcher.Invoke("Unsubscribe", new { channels = LiveHost.Rooms($"company:{host.Company}") });

        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 90, length: 200_000));
        await watcher.Reached(90);
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 100));
        await watcher.Reached(190);

        await Eventually.Holds(() => host.Bridges.Connections == 1);
    }

    /// <summary>A raw client that says hello, and then nothing: it never reads again.</summary>
    private static async Task<ClientWebSocket> Handshake(LiveHost host, TestUser? user = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var socket = new ClientWebSocket();
        var token = host.Token(user ?? TestUser.Of(Role.Hovedbruker, host.Company), TimeSpan.FromDays(1));
        await socket.ConnectAsync(
            new UriBuilder(host.Address) { Scheme = "ws", Path = "/hubs/live", Query = "access_token=" + token }.Uri, cancel);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, cancel);
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains("\"connected\"", StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer, cancel);
            text += Encoding.UTF8.GetString(buffer, 0, part.Count);
        }

        return socket;
    }

    /// <summary>How many bytes a client still gets until the server's end of the connection is gone.</summary>
    private static async Task<long> Rest(ClientWebSocket socket)
    {
        var (bytes, buffer) = (0L, new byte[64 << 10]);
        try
        {
            while (await socket.ReceiveAsync(
                buffer, TestContext.Current.CancellationToken) is { MessageType: not WebSocketMessageType.Close } part) bytes += part.Count;
        }
        catch (WebSocketException)
        {
            // Cut off.
        }

        return bytes;
    }
}
