using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Realtime;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class TokenTests
{
    // Shorter than what a client may take to read: no write that is under way when the clock is put forward counts as one that waited for
    // so long.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 21, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Without_a_token_nobody_connects()
    {
        await using var host = await LiveHost.Start();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => host.ConnectWith("unknown"));

        Assert.Contains("401", refused.Message + refused.InnerException?.Message);
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(new(host.Address, "/hubs/live/negotiate")));
    }

    [Fact]
    public async Task A_token_without_the_needed_claims_is_refused_with_a_reason()
    {
        await using var host = await LiveHost.Start();

        var client = await host.ConnectWith(host.Tokens.Issue(new Claim("sub", "nobody")));

        Assert.Equal("invalid_token", (await client.First("error")).Code);
        Assert.Contains("invalid_token", await client.Closed());
    }

    [Fact]
    public async Task At_expiry_the_connection_is_closed_with_a_reason()
    {
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(1), time: _time);
        var client = await host.ConnectWith(host.Token(TestUser.Of(Role.Bruker, host.Company), Life));
        await client.Connected();

        _time.Advance(Life);

        Assert.Contains("token_expired", await client.Closed());
        Assert.Equal("token_expired", (await client.First("error")).Code);
    }

    [Fact]
    public async Task A_newer_token_of_the_same_user_keeps_the_connection()
    {
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(1), time: _time);
        var user = TestUser.Of(Role.Bruker, host.Company);
        var client = await host.ConnectWith(host.Token(user, Life));
        await client.Connected();

        await client.Invoke("RefreshToken", host.Token(user, Life * 2));
        _time.Advance(Life);
        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(1, "")));
        await client.Reached(1);
        _time.Advance(Life);

        Assert.Contains("token_expired", await client.Closed());
        Assert.Equal([1], client.Positions);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("older")]
    [InlineData("another user's")]
    public async Task Any_other_token_changes_nothing(string which)
    {
        await using var host = await LiveHost.Start(options => options.WriteTimeout = TimeSpan.FromMinutes(1), time: _time);
        var user = TestUser.Of(Role.Elev, host.Company);
        var client = await host.ConnectWith(host.Token(user, Life));
        await client.Connected();

        var token = which switch
        {
            "unknown" => "unknown",
            "older" => host.Token(user with { Role = Role.Hovedbruker }, Life / 2),
            _ => host.Token(TestUser.Of(Role.Hovedbruker, host.Company), Life * 2),
        };
        var refused = await Assert.ThrowsAsync<HubException>(() => client.Invoke("RefreshToken", token));
        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(1, "")));
        await client.Reached(1);

        Assert.Contains("invalid_token", refused.Message);
        Assert.Empty(client.Positions);
        Assert.Equal("invalid_token", client.Of("error").Single().Code);
        _time.Advance(Life);
        Assert.Contains("token_expired", await client.Closed());
    }

    [Fact]
    public async Task A_narrower_role_sees_less_from_its_token_on_and_a_wider_one_must_read_anew()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Hovedbruker, host.Company);
        var client = await host.Connect(user);
        await client.Connected();

        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(1, "")));
        await client.Reached(1);
        await client.Invoke("RefreshToken", host.Token(user with { Role = Role.Elev }, TimeSpan.FromHours(1)));
        await host.Feeds.Deliver(
            host.Log.Append(host.Company, new InvoiceSent(2, "")), host.Log.Append(host.Company, new CompanyUpdated(3, "")));
        await client.Reached(3);
        Assert.Empty(client.Of("resync"));
        await client.Invoke("RefreshToken", host.Token(user, TimeSpan.FromHours(2)));
        var resync = await client.First("resync");
        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(4, "")));
        await client.Reached(4);

        Assert.Equal(3, resync.Position);
        var first = LiveEpoch.Parse((await client.Connected()).Epoch)!.Rights;
        Assert.True(LiveEpoch.Parse(resync.Epoch)!.Rights.Cover(first));
        Assert.Equal([1, 3, 4], client.Positions);
        await client.Invoke("Subscribe", new { channels = LiveHost.Rooms("role:HOVEDBRUKER", "role:ELEV") });
        Assert.Equal("role:ELEV", (await client.First("error")).Payload.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task A_token_of_another_company_ends_the_connection()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Bruker, host.Company);
        var client = await host.Connect(user);
        await client.Connected();

        await client.Send("RefreshToken", host.Token(user with { Company = Guid.CreateVersion7() }, TimeSpan.FromHours(1)));

        Assert.Contains("company_changed", await client.Closed());
    }

    [Fact]
    public async Task A_revoked_user_is_disconnected_and_others_are_not()
    {
        await using var host = await LiveHost.Start();
        var user = TestUser.Of(Role.Bruker, host.Company);
        var gone = await host.Connect(user);
        var stays = await host.Connect();
        await Task.WhenAll(gone.Connected(), stays.Connected());

        host.Tokens.Revoke(user);

        Assert.Contains("session_revoked", await gone.Closed());
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 1));
        await stays.Reached(1);
    }

    private static async Task<HttpStatusCode> Post(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(address, null, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
