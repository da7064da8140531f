using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class DeliveryTests
{
    [Fact]
    public async Task The_first_message_says_who_where_and_from_which_position()
    {
        await using var host = await LiveHost.Start();
        host.Log.AppendMany(host.Company, 7);
        var user = TestUser.Of(Role.Bruker, host.Company);

        var client = await host.Connect(user);
        var connected = (await client.Connected()).Payload;

        Assert.Equal(user.Id, connected.GetProperty("userId").GetGuid());
        Assert.Equal(host.Company, connected.GetProperty("companyId").GetGuid());
        Assert.NotEmpty(connected.GetProperty("connectionId").GetString()!);
        Assert.Equal(7, connected.GetProperty("position").GetInt64());
        Assert.StartsWith(host.Log.History.ToString("N"), connected.GetProperty("epoch").GetString());
        Assert.Equal(
            [$"user:{user.Id}", $"company:{host.Company}", "role:BRUKER"],
            connected.GetProperty("rooms").EnumerateArray().Select(room => room.GetString()!));
    }

    [Fact]
    public async Task An_event_arrives_as_a_CloudEvents_envelope_with_the_public_payload_only()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect();
        await client.Connected();

        var sent = host.Log.Append(host.Company, new InvoiceSent(17, "hidden"));
        await host.Feeds.Deliver(sent);
        var envelope = (await client.First("event")).Payload;

        Assert.Equal(
            $$"""
            {"specversion":"1.0","id":"{{sent.Id}}","type":"INVOICE_SENT","source":"/companies/{{host.Company}}",
            "subject":"things/{{sent.Stream.Id}}","time":"2026-09-21T14:13:20.123456Z","datacontenttype":"application/json",
            "data":{"number":17,"text":null},"companyid":"{{host.Company}}","position":1,"version":1,"actor":"tester",
            "correlationid":"correlation","traceparent":"00-trace","schemaversion":1}
            """.ReplaceLineEndings(""),
            envelope.GetRawText());
    }

    [Fact]
    public async Task Status_events_also_come_under_the_names_of_the_old_system()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect();
        await client.Connected();

        await host.Feeds.Deliver(
            host.Log.Append(host.Company, new InvoiceSent(1, "")), host.Log.Append(host.Company, new QuizCompleted(2)));
        await client.Reached(2);

        var events = client.Of("event");
        Assert.Equal(events[0].Payload.GetRawText(), client.Of("INVOICE_STATUS_UPDATE_REALTIME").Single().Payload.GetRawText());
        Assert.Equal(events[1].Payload.GetRawText(), client.Of("QUIZ_COMPLETED_REALTIME").Single().Payload.GetRawText());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deliveries_lost_repeated_and_out_of_order_still_arrive_in_order_and_once(int seed)
    {
        await using var host = await LiveHost.Start(options => options.RingEvents = 16);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Connect()));
        await Task.WhenAll(clients.Select(client => client.Connected()));

        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var events = host.Log.AppendMany(host.Company, random.Next(1, 8)).Where(_ => random.Next(3) > 0).ToList();
            events.AddRange(events.Where(_ => random.Next(4) == 0).ToArray());
            var shuffled = events.ToArray();
            random.Shuffle(shuffled);
            foreach (var part in shuffled.Chunk(3))
            {
                await host.Feeds.Deliver(part);
            }
        }

        var last = host.Log.Append(host.Company, new CompanyUpdated(0, "last"));
        await host.Feeds.Deliver(last);
        foreach (var client in clients)
        {
            await client.Reached(last.Sequence.Value);
            Assert.Equal(Enumerable.Range(1, (int)last.Sequence.Value).Select(n => (long)n), client.Positions);
        }
    }

    [Fact]
    public async Task A_lost_last_delivery_is_found_by_comparing_with_the_log()
    {
        await using var host = await LiveHost.Start(options => options.HeadCheck = TimeSpan.FromMilliseconds(200));
        var client = await host.Connect();
        await client.Connected();

        host.Log.AppendMany(host.Company, 3);

        await client.Reached(3);
        Assert.Equal([1, 2, 3], client.Positions);
    }

    [Fact]
    public async Task A_log_that_was_down_for_a_while_loses_nothing()
    {
        await using var host = await LiveHost.Start(options => options.HeadCheck = TimeSpan.FromMilliseconds(200));
        var client = await host.Connect();
        await client.Connected();

        host.Log.IsDown = true;
        var events = host.Log.AppendMany(host.Company, 10);
        await host.Feeds.Deliver(events[0]);
        await host.Feeds.Deliver(events[5]);
        await client.Reached(1);
        host.Log.IsDown = false;

        await client.Reached(10);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), client.Positions);
    }

    [Fact]
    public async Task Another_companys_events_never_arrive()
    {
        await using var host = await LiveHost.Start();
        var other = Guid.CreateVersion7();
        var client = await host.Connect();
        var stranger = await host.Connect(TestUser.Of(Role.Hovedbruker, other));
        await Task.WhenAll(client.Connected(), stranger.Connected());

        await host.Feeds.Deliver([.. host.Log.AppendMany(other, 4)]);
        await host.Feeds.Deliver(host.Log.Append(host.Company, new CompanyUpdated(1, "own")));
        await Task.WhenAll(client.Reached(1), stranger.Reached(4));

        Assert.All(client.Of("event"), e => Assert.Equal(host.Company, e.Payload.GetProperty("companyid").GetGuid()));
        Assert.Equal(4, stranger.Positions.Length);
    }

    [Fact]
    public async Task A_node_leaves_the_feed_when_nobody_follows_the_company_any_more()
    {
        await using var host = await LiveHost.Start(options => options.BridgeLinger = TimeSpan.Zero);
        var client = await host.Connect();
        await client.Connected();
        await Eventually.Holds(() => host.Feeds.IsRegistered(host.Company));

        await client.DisposeAsync();
        await Eventually.Holds(() => !host.Feeds.IsRegistered(host.Company));

        var again = await host.Connect();
        await again.Connected();
        await Eventually.Holds(() => host.Feeds.IsRegistered(host.Company));
        await host.Feeds.Deliver(host.Log.Append(host.Company, new CompanyUpdated(1, "")));
        await again.Reached(1);
    }
}
