using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.Api.Tests.Hosting;

public sealed class LimitTests
{
    [Fact]
    public async Task A_user_has_a_number_of_requests_in_a_window()
    {
        await using var api =
            await ApiHost.Start(new() { ["Tms:RateLimiting:PerCaller"] = "2", ["Tms:RateLimiting:WindowSeconds"] = "900" });
        var (kari, ola) = (api.As(Role.Bruker), api.As(Role.Bruker));
        using var first = await api.Get("/api/v2/guarded", kari);
        Assert.Equal("2 1", $"{first.Header("X-RateLimit-Limit")} {first.Header("X-RateLimit-Remaining")}");
        using var second = await api.Get("/api/v2/guarded", kari);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        using var third = await api.Get("/api/v2/guarded", kari);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("rate_limited", await third.Code());
        Assert.Equal(
            api.Time.GetUtcNow().ToUnixTimeSeconds() + third.Headers.RetryAfter!.Delta!.Value.TotalSeconds,
            double.Parse(third.Header("X-RateLimit-Reset"), System.Globalization.CultureInfo.InvariantCulture));
        using var other = await api.Get("/api/v2/guarded", ola);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var health = await api.Get("/health/live");
        Assert.Equal("", health.Header("X-RateLimit-Limit"));
        api.Time.Advance(third.Headers.RetryAfter.Delta.Value);
        using var later = await api.Get("/api/v2/guarded", api.As(Role.Bruker));
        Assert.Equal("1", later.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Logging_in_is_limited_more_tightly_by_address()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:RateLimiting:Auth"] = "1" });
        using var first = await api.Get("/api/v2/auth/try?status=401");
        Assert.Equal("401 1 0", $"{(int)first.StatusCode} {first.Header("X-RateLimit-Limit")} {first.Header("X-RateLimit-Remaining")}");
        using var second = await api.Get("/api/auth/try", ("X-API-Version", "2"), api.As(Role.Bruker));
        Assert.Equal("429 rate_limited", $"{(int)second.StatusCode} {await second.Code()}");
        Assert.NotEqual("", second.Header("Retry-After"));
    }

    [Fact]
    public async Task A_login_that_succeeds_is_given_back()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:RateLimiting:Auth"] = "2", ["Tms:RateLimiting:PerCaller"] = "8" });
        foreach (var status in (int[])[204, 204, 401, 303, 204, 503])
        {
            using var answer = await api.Get($"/api/v2/auth/try?status={status}");
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var refused = await api.Get("/api/v2/auth/try");
        Assert.Equal("429 2", $"{(int)refused.StatusCode} {refused.Header("X-RateLimit-Limit")}");
        using var anonymous = await api.Get("/api/v2/things");
        Assert.Equal(
            "200 8 0", $"{(int)anonymous.StatusCode} {anonymous.Header("X-RateLimit-Limit")} {anonymous.Header("X-RateLimit-Remaining")}");
    }

    [Fact]
    public async Task Failed_logins_of_an_address_hold_up_nobody_who_is_in_behind_it()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:RateLimiting:Auth"] = "2" });
        for (var i = 0; i < 3; i++) (await api.Get("/api/v2/auth/try?status=401")).Dispose();

        using var user = await api.Get("/api/v2/auth/own", api.As(Role.Elev));
        Assert.Equal("204 1000", $"{(int)user.StatusCode} {user.Header("X-RateLimit-Limit")}");
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var status in (int[])[401, 204, 429])
        {
            using var session = await api.Get($"/api/v2/auth/try/session/{one}?status={status}");
            Assert.Equal($"{status} 2", $"{(int)session.StatusCode} {session.Header("X-RateLimit-Limit")}");
        }

        using var next = await api.Get($"/api/v2/auth/try/session/{other}");
        Assert.Equal(HttpStatusCode.NoContent, next.StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Two_nodes_serve_a_caller_no_more_than_one_would(int block)
    {
        var permits = new MemoryPermits(block);
        await using var one = await Node(permits);
        await using var other = await Node(permits);
        var user = one.As(Role.Bruker);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Status(i % 2 == 0 ? one : other, user)));

        Assert.Equal(10, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        var calls = permits.Calls;
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status(one, user));
        Assert.Equal(calls, permits.Calls);
    }

    [Fact]
    public async Task What_remains_is_what_is_left_on_all_nodes()
    {
        var permits = new MemoryPermits();
        await using var one = await Node(permits);
        await using var other = await Node(permits);
        var user = one.As(Role.Bruker);

        for (var n = 9; n >= 0; n--)
        {
            using var answer = await (n % 3 == 0 ? one : other).Get("/api/v2/guarded", user);
            Assert.Equal($"200 {n}", $"{(int)answer.StatusCode} {answer.Header("X-RateLimit-Remaining")}");
        }
    }

    [Fact]
    public async Task While_the_cluster_does_not_answer_a_node_counts_by_itself_and_is_believed_later()
    {
        var permits = new MemoryPermits();
        await using var node = await Node(permits);
        var user = node.As(Role.Bruker);
        Assert.Equal(HttpStatusCode.OK, await Status(node, user));

        permits.Down = true;
        for (var n = 8; n >= 0; n--)
        {
            using var answer = await node.Get("/api/v2/guarded", user);
            Assert.Equal($"200 {n}", $"{(int)answer.StatusCode} {answer.Header("X-RateLimit-Remaining")}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await Status(node, user));
        permits.Down = false;
        node.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await Status(node, node.As(Role.Bruker)));
    }

    [Fact]
    public async Task A_right_password_that_needs_a_code_beside_it_is_no_failure()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:RateLimiting:Auth"] = "1" });
        for (var i = 0; i < 3; i++)
        {
            using var right = await api.Get("/api/v2/auth/try?status=401&isRight=true");
            Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        }

        using var wrong = await api.Get("/api/v2/auth/try?status=401");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var refused = await api.Get("/api/v2/auth/try?status=401");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:RateLimiting:Enabled"] = "false" });
        using var answer = await api.Get("/api/v2/things");
        Assert.Equal("", answer.Header("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Only_listed_origins_may_read_answers()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:Cors:Origins"] = "https://app.example.no" });
        using var listed = await api.Get("/api/v2/things", ("Origin", "https://app.example.no"));
        Assert.Equal("https://app.example.no", listed.Header("Access-Control-Allow-Origin"));
        using var other = await api.Get("/api/v2/things", ("Origin", "https://evil.example"));
        Assert.Equal("", other.Header("Access-Control-Allow-Origin"));
        using var preflight = await api.Send(
            HttpMethod.Options, "/api/v2/guarded", null, ("Origin", "https://app.example.no"), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "if-match"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
    }

    [Fact]
    public async Task A_known_proxy_says_who_calls_and_whether_it_was_https()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:KnownProxies"] = "127.0.0.0/8", ["Tms:RateLimiting:PerCaller"] = "1" });
        using var first = await api.Get("/api/v2/things", ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"));
        Assert.StartsWith("max-age=", first.Header("Strict-Transport-Security"), StringComparison.Ordinal);
        using var second = await api.Get("/api/v2/things", ("X-Forwarded-For", "192.0.2.2"));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        await using var direct = await ApiHost.Start();
        using var unbelieved = await direct.Get("/api/v2/things", ("X-Forwarded-Proto", "https"));
        Assert.Equal("", unbelieved.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_chain_of_known_proxies_is_walked_to_the_first_that_is_not_known()
    {
        await using var api =
            await ApiHost.Start(new() { ["Tms:KnownProxies"] = "127.0.0.0/8,10.0.0.0/8", ["Tms:RateLimiting:PerCaller"] = "1" });
        foreach (var caller in (string[])["192.0.2.1", "192.0.2.2"])
        {
            using var answer =
                await api.Get("/api/v2/things", ("X-Forwarded-For", $"6.6.6.6, {caller}, 10.0.0.8"), ("X-Forwarded-For", "10.0.0.7"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var again = await api.Get("/api/v2/things", ("X-Forwarded-For", "7.7.7.7, 192.0.2.1, 10.0.0.9"));
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
    }

    [Fact]
    public async Task No_more_proxies_are_believed_than_the_setting_says()
    {
        await using var api = await ApiHost.Start(
            new() { ["Tms:KnownProxies"] = "127.0.0.0/8,10.0.0.0/8", ["Tms:ProxyHops"] = "1", ["Tms:RateLimiting:PerCaller"] = "1" });
        using var first = await api.Get("/api/v2/things", ("X-Forwarded-For", "6.6.6.6, 10.0.0.8"));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await api.Get("/api/v2/things", ("X-Forwarded-For", "7.7.7.7, 10.0.0.8"));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task A_path_that_would_lead_to_another_host_is_none(string prefix)
    {
        await using var api = await ApiHost.Start(new() { ["Tms:KnownProxies"] = "127.0.0.0/8" });
        using var answer = await api.Get("/api/v2/nowhere", ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Prefix", prefix));
        Assert.Equal("/docs/errors#not_found", (await answer.Json()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_known_proxy_says_which_part_of_the_path_it_took_away()
    {
        await using var api = await ApiHost.Start(new() { ["Tms:KnownProxies"] = "127.0.0.0/8" });
        using var answer = await api.Get("/api/v2/nowhere", ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Prefix", "/tms"));
        var problem = await answer.Json();
        Assert.Equal("/tms/docs/errors#not_found", problem.GetProperty("type").GetString());
        Assert.Equal("/tms/api/v2/nowhere", problem.GetProperty("instance").GetString());
        using var old = await api.Get("/api/v1/things", ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Prefix", "/tms"));
        Assert.Contains("</tms/api/v2/things>", old.Header("Link"), StringComparison.Ordinal);
        await using var direct = await ApiHost.Start();
        using var unbelieved = await direct.Get("/api/v2/nowhere", ("X-Forwarded-Prefix", "/tms"));
        Assert.Equal("/docs/errors#not_found", (await unbelieved.Json()).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("Tms:KnownProxies", "proxy.example.no")]
    [InlineData("Tms:Cors:Origins", "*")]
    [InlineData("Tms:RateLimiting:PerCaller", "0")]
    [InlineData("Tms:RateLimiting:Enabled", "maybe")]
    [InlineData("Tms:Versions:V1Sunset", "soon")]
    [InlineData("Tms:Versions:V1Sunset", "01.11.2026")]
    [InlineData("Tms:Versions:V1Sunset", "11/01/2026")]
    [InlineData("Tms:Versions:V1Sunset", "2026-11-01T12:00")]
    [InlineData("Tms:Versions:V1Deprecated", "2026-1-1")]
    [InlineData("Tms:Tokens:KeyLifetime", "30")]
    public void A_value_that_cannot_be_right_stops_the_start_by_name(string name, string value)
    {
        var fault = Assert.Throws<ConfigurationFaultException>(() =>
            ApiSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build()));
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/xml", 406)]
    [InlineData("text/csv;q=0.5, image/png", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/*", 200)]
    public async Task What_cannot_be_made_is_refused_before_anything_happens(string accept, int status)
    {
        await using var api = await ApiHost.Start();
        using var answer = await api.Get("/api/v2/things", ("Accept", accept));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 406) Assert.Equal("not_acceptable", await answer.Code());
    }

    private static Task<ApiHost> Node(MemoryPermits permits) =>
        ApiHost.Start(
            new() { ["Tms:RateLimiting:PerCaller"] = "10" },
            services => services.AddSingleton<IPermits>(permits).AddSingleton<IKeyStore>(Keys));

    private static MemoryKeys Keys { get; } = new();

    private static async Task<HttpStatusCode> Status(ApiHost node, (string, string) user)
    {
        using var answer = await node.Get("/api/v2/guarded", user);
        return answer.StatusCode;
    }
}
