using Tms.Api.Realtime;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Realtime;

public sealed class ResumeTests
{
    private static string At(long since, string epoch) => $"?since={since}&epoch={epoch}";

    private static string Epoch(LiveHost host, TestUser user, long position, Guid? history = null, Guid? company = null) =>
        new LiveEpoch(history ?? host.Log.History, Rights(user, company ?? host.Company), Place(host, position)).ToString();

    private static LogPoint Place(LiveHost host, long position) =>
        new(new(position), LogPoint.MarkOf(host.Log.HashAt(host.Company, position)));

    private static LiveRights Rights(TestUser user, Guid company) =>
        LiveRights.Of(new(user.Id, user.Role, user.Company, default, default, null), company);

    private static IEnumerable<long> Range(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(n => (long)n);

    [Theory]
    [InlineData(16)]
    [InlineData(1024)]
    public async Task Who_was_away_gets_what_was_missed_first_in_order_and_once(int ring)
    {
        await using var host = await LiveHost.Start(options => options.RingEvents = ring);
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        var stays = await host.Connect();
        var first = await host.Connect(user);
        var epoch = (await first.Connected()).Epoch;
        await stays.Connected();
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 5));
        await first.Reached(5);
        await first.DisposeAsync();

        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 300));
        await stays.Reached(305);
        var again = await host.Connect(user, At(5, epoch));
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 3));

        await again.Reached(308);
        Assert.Equal(5, (await again.Connected()).Position);
        Assert.Equal(Range(6, 308), again.Positions);
        Assert.Empty(again.Of("resync"));
    }

    [Fact]
    public async Task A_resume_on_another_node_brings_everything_too()
    {
        var log = new FakeLog();
        await using var one = await LiveHost.Start(log: log);
        await using var other = await LiveHost.Start(log: log);
        var user = TestUser.Of(Role.Bruker, one.Company);
        var client = await one.Connect(user);
        var epoch = (await client.Connected()).Epoch;
        var missed = log.AppendMany(one.Company, 500);

        // The other node has a bridge that has not heard of the last events yet.
        var early = await other.Connect(TestUser.Of(Role.Elev, one.Company));
        await early.Connected();
        log.AppendMany(one.Company, 2);
        var again = await other.Connect(user, At(501, epoch));
        await again.Reached(502);
        var all = await other.Connect(user, At(0, epoch));
        await all.Reached(502);

        Assert.Equal(500, missed.Length);
        Assert.Equal([502], again.Positions);
        Assert.Empty(again.Of("resync"));
        Assert.Equal(Range(1, 502), all.Positions);
    }

    [Theory]
    [InlineData("above")]
    [InlineData("negative")]
    [InlineData("far")]
    [InlineData("epoch")]
    [InlineData("no epoch")]
    [InlineData("narrower role")]
    [InlineData("another user")]
    [InlineData("another company")]
    [InlineData("another place")]
    [InlineData("a place beyond")]
    [InlineData("another release")]
    [InlineData("history alone")]
    [InlineData("damaged")]
    public async Task A_position_that_cannot_be_served_whole_gets_a_resync_and_no_partial_answer(string why)
    {
        await using var host = await LiveHost.Start(options => options.ResumeLimit = 50);
        host.Log.AppendMany(host.Company, 100);
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        var epoch = Epoch(host, user, 99);
        var client = await host.Connect(user, why switch
        {
            "above" => At(101, Epoch(host, user, 100)),
            "negative" => At(-1, epoch),
            "far" => At(49, Epoch(host, user, 49)),
            "epoch" => At(99, Epoch(host, user, 99, history: Guid.CreateVersion7())),
            "no epoch" => "?since=99",
            "another user" => At(99, Epoch(host, user with { Id = Guid.CreateVersion7() }, 99)),
            "another company" => At(99, Epoch(host, user, 99, company: Guid.CreateVersion7())),
            "another place" =>
                At(98, new LiveEpoch(host.Log.History, Rights(user, host.Company), Place(host, 98) with { Sequence = new(99) }).ToString()),
            "a place beyond" =>
                At(
                    98,
                    new LiveEpoch(host.Log.History, Rights(user, host.Company), Place(host, 100) with { Sequence = new(101) }).ToString()),
            "another release" => At(99, $"{host.Log.History}.HOVEDBRUKER"),
            "history alone" => At(99, $"{host.Log.History}"),
            "damaged" => At(99, epoch[..^1]),
            _ => At(99, Epoch(host, user with { Role = Role.Bruker }, 99)),
        });

        var resync = await client.First("resync");
        await host.Feeds.Deliver(host.Log.Append(host.Company, new CompanyUpdated(1, "")));
        await client.Reached(101);

        Assert.Equal((100, Epoch(host, user, 100)), (resync.Position, resync.Epoch));
        Assert.Equal("connected", client.All[0].Target);
        Assert.Equal([101], client.Positions);
    }

    [Theory]
    [InlineData(Role.Hovedbruker)]
    [InlineData(Role.Admin)]
    public async Task The_furthest_position_allowed_is_served_also_to_a_role_that_has_narrowed(Role before)
    {
        await using var host = await LiveHost.Start(options => options.ResumeLimit = 50);
        host.Log.AppendMany(host.Company, 100);

        var user = TestUser.Of(Role.Hovedbruker, host.Company);

        var client = await host.Connect(user, At(50, Epoch(host, user with { Role = before }, 50)));

        await client.Reached(100);
        Assert.Equal(Range(51, 100), client.Positions);
    }

    [Fact]
    public async Task A_since_that_is_no_number_ends_the_connection_with_a_reason()
    {
        await using var host = await LiveHost.Start();

        var client = await host.Connect(query: "?since=soon");

        Assert.Equal("invalid_since", (await client.First("error")).Code);
        Assert.Contains("invalid_since", await client.Closed());
        Assert.Empty(client.Of("connected"));
    }

    [Fact]
    public async Task Subscribe_with_since_goes_back_and_only_then_positions_repeat()
    {
        await using var host = await LiveHost.Start();
        host.Log.AppendMany(host.Company, 10);
        var client = await host.Connect();
        var connected = await client.Connected();

        await client.Invoke("Subscribe", new { channels = Array.Empty<string>(), since = 4, epoch = connected.Epoch });
        await client.Until(all => all.Count(received => received.Target == "event") == 6);
        await client.Invoke("Subscribe", new { channels = Array.Empty<string>(), since = 8 });
        await client.Until(all => all.Count(received => received.Target == "event") == 8);
        await client.Invoke("Subscribe", new { channels = Array.Empty<string>(), since = 11 });
        Assert.Equal(10, (await client.First("resync")).Position);

        Assert.Equal([5, 6, 7, 8, 9, 10, 9, 10], client.Positions);
    }

    [Fact]
    public async Task A_log_that_was_restored_under_a_running_node_makes_clients_start_anew()
    {
        await using var host = await LiveHost.Start(options => options.HeadCheck = TimeSpan.FromMilliseconds(200));
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        host.Log.AppendMany(host.Company, 10);
        var client = await host.Connect(user);
        var epoch = (await client.Connected()).Epoch;

        host.Log.Restore(host.Company, 6);

        Assert.Contains("history_changed", await client.Closed());
        var again = await host.Connect(user, At(5, epoch));
        Assert.Equal(6, (await again.First("resync")).Position);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(60)]
    [InlineData(600)]
    public async Task Other_events_under_the_same_positions_are_noticed_however_far_the_log_has_gone_on(int length)
    {
        await using var host =
            await LiveHost.Start(options => (options.HeadCheck, options.RingEvents) = (TimeSpan.FromMilliseconds(200), 64));
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        host.Log.AppendMany(host.Company, 10);
        var client = await host.Connect(user);
        var epoch = (await client.Connected()).Epoch;

        host.Log.CutAfter(host.Company, 6);
        host.Log.AppendMany(host.Company, length - 6);

        Assert.Contains("history_changed", await client.Closed());
        Assert.Equal(length, (await (await host.Connect(user, At(10, epoch))).First("resync")).Position);
        var before = await host.Connect(user, At(6, Epoch(host, user, 6)));
        await before.Reached(length);
        Assert.Equal(Range(7, length), before.Positions);
    }

    [Fact]
    public async Task An_event_of_another_history_that_is_delivered_is_noticed()
    {
        await using var host = await LiveHost.Start(options => options.HeadCheck = TimeSpan.FromMilliseconds(200));
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        host.Log.AppendMany(host.Company, 10);
        var client = await host.Connect(user);
        await client.Connected();

        host.Log.CutAfter(host.Company, 6);
        var other = host.Log.AppendMany(host.Company, 5);
        await host.Feeds.Deliver(other);

        Assert.Contains("history_changed", await client.Closed());
    }

    [Fact]
    public async Task An_ADMIN_who_follows_another_company_cannot_resume_with_the_place_of_the_first()
    {
        await using var host = await LiveHost.Start();
        var admin = TestUser.Of(Role.Admin, null);
        var other = Guid.CreateVersion7();
        host.Log.AppendMany(host.Company, 5);
        host.Log.AppendMany(other, 5);
        var first = await (await host.Connect(admin, $"?companyId={other}")).Connected();

        var client = await host.Connect(admin, $"{At(5, first.Epoch)}&companyId={host.Company}");

        Assert.Equal(5, (await client.First("resync")).Position);
    }

    [Fact]
    public async Task Two_hundred_who_reconnect_at_once_share_the_reads_and_get_everything()
    {
        await using var host = await LiveHost.Start();
        host.Log.AppendMany(host.Company, 640);
        var users = Enumerable.Range(0, 200).Select(_ => TestUser.Of(Role.Bruker, host.Company)).ToArray();

        var clients = await Task.WhenAll(users.Select(user => host.Connect(user, At(0, Epoch(host, user, 0)))));
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 5));
        await Task.WhenAll(clients.Select(client => client.Reached(645)));

        Assert.All(clients, client => Assert.Equal(Range(1, 645), client.Positions));
        Assert.InRange(host.Log.PagesRead, 10, 200);
    }
}
