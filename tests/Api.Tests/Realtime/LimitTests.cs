using Microsoft.AspNetCore.SignalR;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class LimitTests
{
    public static TheoryData<string, object?[]> WrongShapes => new()
    {
        { "Subscribe", [] },
        { "Subscribe", [null] },
        { "Subscribe", ["text"] },
        { "Subscribe", [17] },
        { "Subscribe", [new { }] },
        { "Subscribe", [new { channels = (string[]?)null }] },
        { "Subscribe", [new { channels = "company" }] },
        { "Subscribe", [new { channels = new object?[] { null } }] },
        { "Subscribe", [new { channels = new object[] { 1, true } }] },
        { "Subscribe", [new { channels = new[] { new string('x', 201) } }] },
        { "Subscribe", [new { channels = Enumerable.Repeat("x", 51).ToArray() }] },
        { "Subscribe", [new { channels = Array.Empty<string>(), since = "5" }] },
        { "Subscribe", [new { channels = Array.Empty<string>(), since = 1.5 }] },
        { "Subscribe", [new { channels = Array.Empty<string>(), epoch = new string('x', 1000) }] },
        { "Subscribe", [new { channels = Array.Empty<string>(), more = 1 }] },
        { "Subscribe", [new { channels = Array.Empty<string>() }, 2] },
        { "Unsubscribe", [new { channels = Array.Empty<string>(), since = 5 }] },
        { "Unsubscribe", [Array.Empty<string>()] },
        { "RefreshToken", [] },
        { "RefreshToken", [null] },
        { "RefreshToken", [new { token = 1 }] },
        { "RefreshToken", [new string('x', 20_000)] },
        { "Unknown", [1, 2, 3] },
        { "OnConnectedAsync", [] },
        { "Dispose", [] },
    };

    [Theory]
    [MemberData(nameof(WrongShapes))]
    public async Task A_wrong_shape_is_answered_and_the_connection_goes_on(string method, object?[] arguments)
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect();
        await client.Connected();

        await Assert.ThrowsAsync<HubException>(() => client.Invoke(method, arguments));
        await client.Send(method, arguments);

        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 1));
        await client.Reached(1);
        Assert.Equal([1], client.Positions);
    }

    [Fact]
    public async Task A_message_beyond_32_KiB_ends_its_own_connection_only()
    {
        await using var host = await LiveHost.Start();
        var large = await host.Connect();
        var other = await host.Connect();
        await Task.WhenAll(large.Connected(), other.Connected());

        await large.Send("Subscribe", new { channels = new[] { new string('x', 40_000) } });

        Assert.NotNull(await large.Closed());
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 1));
        await other.Reached(1);
    }

    [Fact]
    public async Task Too_many_messages_are_refused_and_who_goes_on_is_disconnected()
    {
        await using var host = await LiveHost.Start(options => options.MessagesPerSecond = 20);
        var client = await host.Connect();
        await client.Connected();

        for (var n = 0; n < 25; n++)
        {
            await client.Send("Unsubscribe", new { channels = Array.Empty<string>() });
        }

        Assert.Equal("rate_limited", (await client.First("error")).Code);
        for (var n = 0; n < 100; n++)
        {
            await client.Send("Unsubscribe", new { channels = Array.Empty<string>() }).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        Assert.Contains("rate_limited", await client.Closed());
    }

    [Theory]
    [InlineData("Unknown")]
    [InlineData("Subscribe")]
    public async Task What_calls_no_method_counts_as_a_message_too(string method)
    {
        await using var host = await LiveHost.Start(options => options.MessagesPerSecond = 2);
        var client = await host.Connect();
        await client.Connected();

        var refused = new List<string>();
        while (!client.Ended.IsCompleted && refused.Count < 100)
        {
            refused.Add(await client.Invoke(method).ContinueWith(
                static call => call.Exception?.InnerException?.Message ?? "", TaskScheduler.Default));
        }

        Assert.Contains("rate_limited", await client.Closed());
        Assert.Contains(refused, message => message.Contains("rate_limited", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_has_five_connections_and_room_again_when_one_leaves()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Bruker, host.Company);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Connect(user)));
        await Task.WhenAll(clients.Select(client => client.Connected()));

        var sixth = await host.Connect(user);
        Assert.Equal("too_many_connections", (await sixth.First("error")).Code);
        Assert.Contains("too_many_connections", await sixth.Closed());
        var somebody = await host.Connect();
        await somebody.Connected();

        await clients[0].DisposeAsync();
        await Eventually.Holds(() => host.Bridges.Connections == 5);
        await (await host.Connect(user)).Connected();
    }

    [Fact]
    public async Task Connections_on_other_nodes_count_too()
    {
        await using var host = await LiveHost.Start();
        host.Leases.Elsewhere = 4;
        var user = TestUser.Of(Role.Bruker, host.Company);
        var first = await host.Connect(user);
        await first.Connected();

        Assert.Contains("too_many_connections", await (await host.Connect(user)).Closed());
        Assert.Equal(1, host.Leases.Said(user.Id));
        await first.DisposeAsync();

        await Eventually.Holds(() => host.Leases.Said(user.Id) == 0);
    }

    [Fact]
    public async Task While_the_cluster_does_not_answer_the_node_counts_by_itself()
    {
        await using var host = await LiveHost.Start();
        host.Leases.Down = true;
        var user = TestUser.Of(Role.Bruker, host.Company);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Connect(user)));
        await Task.WhenAll(clients.Select(client => client.Connected()));

        Assert.Contains("too_many_connections", await (await host.Connect(user)).Closed());
    }
}
