using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class AudienceTests
{
    [Fact]
    public async Task Each_role_gets_what_it_may_see_and_everybody_learns_how_far_they_were_served()
    {
        await using var host = await LiveHost.Start();
        var runs = await host.Connect(Role.Hovedbruker);
        var works = await host.Connect(Role.Bruker);
        var learns = await host.Connect(Role.Elev);
        await Task.WhenAll(runs.Connected(), works.Connected(), learns.Connected());

        await host.Feeds.Deliver(
            host.Log.Append(host.Company, new CompanyUpdated(1, "")),
            host.Log.Append(host.Company, new InvoiceSent(2, "")),
            host.Log.Append(host.Company, new SessionEnded(3)),
            host.Log.Append(host.Company, new InvoiceSent(4, "")));
        await Task.WhenAll(runs.Reached(4), works.Reached(4), learns.Reached(4));

        Assert.Equal([1, 2, 4], runs.Positions);
        Assert.Equal([1, 2, 4], works.Positions);
        Assert.Equal([1], learns.Positions);
        Assert.Empty(learns.Of("INVOICE_STATUS_UPDATE_REALTIME"));
    }

    [Fact]
    public async Task What_concerns_one_person_goes_to_that_persons_room_alone()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Elev, host.Company);
        var own = await host.Connect(user);
        var away = await host.Connect(user);
        var others =
            await Task.WhenAll(host.Connect(TestUser.Of(Role.Admin, null), $"?companyId={host.Company}"), host.Connect(Role.Hovedbruker));
        await Task.WhenAll(others.Append(own).Append(away).Select(client => client.Connected()));
        await own.Invoke("Unsubscribe", new { channels = new[] { $"company:{host.Company}" } });
        await away.Invoke("Unsubscribe", new { channels = new[] { $"user:{user.Id}" } });

        await host.Feeds.Deliver(
            host.Log.Append(host.Company, new UserLogin(1), user.Id), host.Log.Append(host.Company, new CompanyUpdated(2, "")));
        await Task.WhenAll(others.Append(own).Append(away).Select(client => client.Reached(2)));

        Assert.Equal([1], own.Positions);
        Assert.Equal([2], away.Positions);
        Assert.All(others, client => Assert.Equal([2], client.Positions));
    }

    [Fact]
    public async Task Events_that_this_program_cannot_read_are_for_nobody_and_hold_up_nothing()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect(Role.Hovedbruker);
        await client.Connected();

        await host.Feeds.Deliver(
            host.Log.Append(host.Company, "FUTURE_THING", 1, "{}"u8.ToArray()),
            host.Log.Append(host.Company, "INVOICE_SENT", 9, "{}"u8.ToArray()),
            host.Log.Append(host.Company, "INVOICE_SENT", 1, "broken"u8.ToArray()),
            host.Log.Append(host.Company, new CompanyUpdated(4, "")));

        await client.Reached(4);
        Assert.Equal([4], client.Positions);
    }

    [Fact]
    public async Task An_ADMIN_follows_the_company_it_names_and_none_without()
    {
        await using var host = await LiveHost.Start();
        host.Log.AppendMany(host.Company, 3);
        var admin = TestUser.Of(Role.Admin, null);

        var follows = await host.Connect(admin, $"?companyId={host.Company}");
        var idles = await host.Connect(admin);
        var connected = (await idles.Connected()).Payload;
        await follows.Connected();
        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(1, "")));
        await follows.Reached(4);

        Assert.Equal([4], follows.Positions);
        Assert.Equal(
            $"user:{admin.Id} role:ADMIN",
            string.Join(' ', connected.GetProperty("rooms").EnumerateArray().Select(room => room.GetString())));
        await idles.Invoke("Subscribe", new { channels = new[] { $"company:{host.Company}", "public:announcements" } });
        Assert.Equal($"company:{host.Company}", (await idles.First("error")).Payload.GetProperty("channel").GetString());
        Assert.Empty(idles.Positions);
    }

    [Theory]
    [InlineData("?companyId=00000000-0000-0000-0000-0000000000aa", "company_forbidden")]
    [InlineData("?companyId=mine", "invalid_company")]
    public async Task Nobody_else_follows_another_company(string query, string code)
    {
        await using var host = await LiveHost.Start();

        var client = await host.Connect(Role.Hovedbruker, query);

        Assert.Equal(code, (await client.First("error")).Code);
        Assert.Contains(code, await client.Closed());
    }

    [Fact]
    public async Task Rooms_of_others_are_forbidden_one_by_one_and_the_rest_is_joined()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Bruker, host.Company);
        var client = await host.Connect(user);

        string[] forbidden = [
            $"user:{Guid.CreateVersion7()}", $"company:{Guid.CreateVersion7()}", "role:HOVEDBRUKER", "role:ADMIN", "public:other", "", "x"];
        string[] own = [$"user:{user.Id}", $"company:{host.Company}", "role:BRUKER", "public:announcements"];
        await client.Invoke("Subscribe", new { channels = forbidden.Concat(own).ToArray() });

        await client.Until(all => all.Count(received => received.Target == "error") == forbidden.Length);
        Assert.Equal(forbidden, client.Of("error").Select(error => error.Payload.GetProperty("channel").GetString()));
        Assert.All(client.Of("error"), error => Assert.Equal("channel_forbidden", error.Code));
    }

    [Fact]
    public async Task Outside_the_companys_room_its_events_are_not_sent()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect();
        await client.Connected();

        await client.Invoke("Unsubscribe", new { channels = new[] { $"company:{host.Company}" } });
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 2));
        await client.Reached(2);
        await client.Invoke("Subscribe", new { channels = new[] { $"company:{host.Company}" } });
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 2));
        await client.Reached(4);

        Assert.Equal([3, 4], client.Positions);
    }
}
