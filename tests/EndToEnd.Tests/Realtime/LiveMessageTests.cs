using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Realtime;

/// <summary>
/// What clients may send, and what becomes of everything else: an answer or a closed connection, and nobody else notices.
/// </summary>
public abstract class LiveMessageTests(ApiFixture api)
{
    private HttpClient Http => api.Process.Http;

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"company\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"channels\":null}")]
    [InlineData("{\"channels\":\"all\"}")]
    [InlineData("{\"channels\":[null]}")]
    [InlineData("{\"channels\":[7]}")]
    [InlineData("{\"channels\":{}}")]
    [InlineData("{\"channels\":[],\"since\":\"now\"}")]
    [InlineData("{\"channels\":[],\"since\":1.5}")]
    [InlineData("{\"channels\":[],\"since\":1e400}")]
    [InlineData("{\"channels\":[],\"since\":\"NaN\"}")]
    [InlineData("{\"channels\":[],\"since\":[]}")]
    [InlineData("{\"channels\":[],\"since\":0,\"epoch\":7}")]
    [InlineData("{\"channels\":[],\"colour\":\"red\"}")]
    public async Task A_wrong_subscribe_is_an_error_and_the_connection_lives_on(string argument)
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        using var wrong = JsonDocument.Parse(argument);
        foreach (var method in (string[])["Subscribe", "Unsubscribe"])
        {
            await Assert.ThrowsAsync<HubException>(() => live.Invoke(method, wrong.RootElement));
        }

        await live.Until(all => all.Count(r => r.Target == "error" && r.Code == "invalid_request") == 2);
        await StillSees(live, company);
    }

    [Fact]
    public async Task Unknown_methods_and_wrong_counts_of_arguments_are_errors_and_the_connection_lives_on()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        (string Method, object?[] Arguments)[] calls =
        [
            ("NoSuchMethod", [1]), ("OnConnectedAsync", []), ("Dispose", []), ("get_Context", []), ("Subscribe", []),
            ("Subscribe", [new { channels = Array.Empty<string>() }, 2]),
            ("RefreshToken", []), ("RefreshToken", [7]), ("RefreshToken", [null]), ("RefreshToken", ["no token"]),
            ("RefreshToken", [new { token = "x" }]),
        ];
        foreach (var (method, arguments) in calls) await Assert.ThrowsAsync<HubException>(() => live.Invoke(method, arguments));
        await StillSees(live, company);
    }

    [Fact]
    public async Task Ten_thousand_channels_are_too_many_and_no_work()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        await Assert.ThrowsAsync<HubException>(() => live.Invoke("Subscribe", new { channels = Enumerable.Repeat("a", 5_000) }));
        await StillSees(live, company);
        await Assert.ThrowsAnyAsync<Exception>(
            () => live.Invoke("Subscribe", new { channels = Enumerable.Range(0, 10_000).Select(n => $"room:{n}") }));
        await live.Closed();
        await StillServes(company);
    }

    [Fact]
    public async Task A_room_is_the_same_however_its_id_is_written()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        var room = $"company:{company.Id}";
        await live.Invoke("Unsubscribe", new { channels = new[] { room.ToUpperInvariant() } });
        await LiveWork.SentAndPaid(company.Lead);
        await live.Invoke("Subscribe", new { channels = new[] { room.ToUpperInvariant() } });
        await StillSees(live, company);
        Assert.Empty(live.Of("error"));
    }

    [Theory]
    [InlineData("company:{other}")]
    [InlineData("company:{OTHER}")]
    [InlineData("user:{otherUser}")]
    [InlineData("role:ADMIN")]
    [InlineData("company:*")]
    [InlineData("company:")]
    [InlineData("")]
    [InlineData("public:everything")]
    public async Task A_room_of_others_is_forbidden_by_name(string template)
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        var room = template.Replace("{other}", other.Id.ToString(), StringComparison.Ordinal)
            .Replace("{OTHER}", other.Id.ToString().ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{otherUser}", other.LeadId.ToString(), StringComparison.Ordinal);
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        await live.Invoke("Subscribe", new { channels = new[] { room } });
        var error = await live.First("error");
        Assert.Equal(("channel_forbidden", room), (error.Code, error.Payload.GetProperty("channel").GetString()));
        await LiveWork.SentAndPaid(other.Lead);
        await StillSees(live, company);
        Assert.All(live.Of("event"), e => Assert.Equal(company.Id, e.Payload.GetProperty("companyid").GetGuid()));
    }

    [Theory]
    [InlineData("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{\"channels\":[")]
    [InlineData("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{\"channels\":[\"\\ud800\"]}]}")]
    [InlineData("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{\"channels\":[],\"epoch\":\"\\udc00\",\"since\":0}]}")]
    [InlineData("{\"type\":1,\"target\":\"RefreshToken\",\"arguments\":[\"\\ud800\"]}")]
    [InlineData("no json")]
    [InlineData("{\"type\":99}")]
    [InlineData("{\"type\":\"one\"}")]
    [InlineData("{\"type\":1,\"target\":7,\"arguments\":{}}")]
    [InlineData("[]")]
    [InlineData("{\"type\":4,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[{\"channels\":[]}]}")]
    [InlineData("{\"type\":5,\"invocationId\":\"9\"}")]
    [InlineData("{\"type\":3,\"invocationId\":\"9\",\"result\":1}")]
    public async Task What_is_no_message_harms_nobody(string frame)
    {
        var company = await api.NewCompany();
        await using var watching = await LiveClient.Connect(Http, company.Lead.Token);
        await using var raw = await RawLive.Connect(Http, company.Lead.Token);
        await raw.Send(frame);
        await raw.EndOfWords();
        var said = await raw.ReadToEnd();
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        await StillSees(watching, company);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_messages_above_32_KiB_end_their_connection_only()
    {
        var company = await api.NewCompany();
        await using var watching = await LiveClient.Connect(Http, company.Lead.Token);
        await using var bytes = await RawLive.Connect(Http, company.Lead.Token);
        await bytes.SendBytes([0xff, 0xfe, 0x00, 0x1e], WebSocketMessageType.Binary);
        await bytes.ReadToEnd();
        await using var large = await RawLive.Connect(Http, company.Lead.Token);
        await large.Send($$"""{"type":1,"target":"Subscribe","arguments":[{"channels":["{{new string('x', 33 << 10)}}"]}]}""");
        await large.ReadToEnd();
        await StillSees(watching, company);
    }

    [Fact]
    public async Task More_than_twenty_messages_a_second_are_refused_and_a_flood_is_cut_off()
    {
        var company = await api.NewCompany();
        await using var watching = await LiveClient.Connect(Http, company.Lead.Token);
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await live.Send("Unsubscribe", new { channels = Array.Empty<string>() });
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }

        Assert.Contains("rate_limited", await live.Closed(), StringComparison.Ordinal);
        await live.Until(all => all.Any(e => e.Target == "error" && e.Code == "rate_limited"));
        await StillSees(watching, company);
    }

    [Fact]
    public async Task A_sixth_connection_of_a_user_is_turned_away_until_one_leaves()
    {
        var company = await api.NewCompany();
        var five = new List<LiveClient>();
        for (var i = 0; i < 5; i++) five.Add(await LiveClient.Connect(Http, company.Lead.Token));
        await using var sixth = new LiveClient(Http, company.Lead.Token);
        await sixth.Start();
        Assert.Contains("too_many_connections", await sixth.Closed(), StringComparison.Ordinal);
        foreach (var live in five) await live.DisposeAsync();
        await using var next = await LiveClient.Connect(Http, company.Lead.Token);
        await StillSees(next, company);
    }

    [Theory]
    [InlineData("since=now", "invalid_since")]
    [InlineData("since=1.5", "invalid_since")]
    [InlineData("since=NaN", "invalid_since")]
    [InlineData("companyId=mine", "invalid_company")]
    public async Task A_connect_that_cannot_be_read_is_closed_with_its_reason(string query, string code)
    {
        var company = await api.NewCompany();
        await using var live = new LiveClient(Http, company.Lead.Token, "?" + query);
        await live.Start();
        Assert.Contains(code, await live.Closed(), StringComparison.Ordinal);
        Assert.Empty(live.Of("connected"));
    }

    [Fact]
    public async Task Without_a_token_that_holds_there_is_no_connection()
    {
        var company = await api.NewCompany();
        var old = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var token in (string?[])[null, "", "x.y.z", api.Token(Role.Bruker, company.Id, company.LeadId, old)])
        {
            await using var live = new LiveClient(Http, token);
            await Assert.ThrowsAnyAsync<Exception>(live.Start);
            var negotiate = await api.Anonymous.With(token).Send(HttpMethod.Post, "/hubs/live/negotiate?negotiateVersion=1", null);
            negotiate.ExpectProblem(401, "unauthenticated");
            Assert.StartsWith("Bearer", negotiate.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_expired_token_ends_its_connection_and_a_renewed_one_does_not()
    {
        var company = await api.NewCompany();
        var past = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-15).AddSeconds(3));
        await using var expiring = await LiveClient.Connect(Http, api.Token(Role.Hovedbruker, company.Id, company.LeadId, past));
        await using var renewed = await LiveClient.Connect(Http, api.Token(Role.Hovedbruker, company.Id, company.LeadId, past));
        await renewed.Invoke("RefreshToken", company.Lead.Token);
        Assert.Contains("token_expired", await expiring.Closed(), StringComparison.Ordinal);
        await StillSees(renewed, company);
    }

    [Fact]
    public async Task A_renewal_takes_only_a_newer_token_of_the_same_user()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        var older = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-5));
        foreach (var token in (string?[])[
            other.Lead.Token, api.Admin.Token, api.Token(Role.Hovedbruker, company.Id, company.LeadId, older),
            api.Token(Role.Hovedbruker, company.Id, Guid.NewGuid())])
        {
            await Assert.ThrowsAsync<HubException>(() => live.Invoke("RefreshToken", token));
        }

        await live.Until(all => all.Count(r => r.Target == "error" && r.Code == "invalid_token") == 4);
        await StillSees(live, company);
        await live.Send("RefreshToken", api.Token(Role.Hovedbruker, other.Id, company.LeadId));
        Assert.Contains("company_changed", await live.Closed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_with_another_role_shows_less_at_once_and_more_after_a_resync()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        await live.Invoke("RefreshToken", api.Token(Role.Elev, company.Id, company.LeadId));
        await LiveWork.SentAndPaid(company.Lead);
        await live.Reached((await LiveClient.Head(Http, company.Lead.Token)).Position);
        Assert.Empty(live.Of("event"));
        await live.Invoke("RefreshToken", api.Token(Role.Bruker, company.Id, company.LeadId));
        var resync = await live.First("resync");
        Assert.NotEqual((await live.First("connected")).Epoch, resync.Epoch);
        await using var resumed = await LiveClient.Connect(
            Http, api.Token(Role.Bruker, company.Id, company.LeadId),
            $"?since={resync.Position}&epoch={Uri.EscapeDataString(resync.Epoch!)}");
        await StillSees(live, company);
        await resumed.Reached((await LiveClient.Head(Http, company.Lead.Token)).Position);
        Assert.Empty(resumed.Of("resync"));
    }

    private static async Task StillSees(LiveClient live, Company company)
    {
        var before = live.Of("event").Length;
        await LiveWork.SentAndPaid(company.Lead);
        await live.Until(all => all.Count(r => r.Target == "event") >= before + 3);
    }

    private async Task StillServes(Company company)
    {
        await using var another = await LiveClient.Connect(Http, company.Lead.Token);
        await StillSees(another, company);
    }
}

[Collection(SqliteCollection.Name)]
public sealed class LiveMessagesOnSqlite(SqliteApi api) : LiveMessageTests(api);
