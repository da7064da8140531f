using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// Two nodes behave as one, whichever of them a request reaches. Further nodes leave politely: the death of one is another test's.
/// </summary>
public abstract class TwoNodeTests(TwoNodes nodes)
{
    private const string Invoices = LiveWork.Invoices;

    private ApiProcess A => nodes.A;

    private ApiProcess B => nodes.B;

    [Fact]
    public async Task A_repeat_at_the_other_node_gets_the_first_answer()
    {
        var company = await nodes.Register();
        var key = ("Idempotency-Key", Some.Key());
        var first = (await TwoNodes.At(A, company.Lead.Token).Post(Invoices, Some.Invoice(), key)).Expect(201);
        var again = (await TwoNodes.At(B, company.Lead.Token).Post(Invoices, Some.Invoice(), key)).Expect(201);
        Assert.Equal((first.Body, false, true), (again.Body, first.IsReplay, again.IsReplay));
        (await TwoNodes.At(B, company.Lead.Token).Post(Invoices, Some.Invoice(unitPrice: 1), key))
            .ExpectProblem(422, "idempotency_key_reused");
        Assert.Equal([first.Id], await Created(company));
    }

    [Fact]
    public async Task A_hundred_repeats_at_once_at_both_nodes_cause_it_once()
    {
        var company = await nodes.Register();
        var key = ("Idempotency-Key", Some.Key());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => TwoNodes.At(i % 2 == 0 ? A : B, company.Lead.Token).Post(Invoices, Some.Invoice(), key)));
        Assert.All(answers, answer => answer.Expect(201));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers, answer => !answer.IsReplay);
        Assert.Equal([answers[0].Id], await Created(company));
    }

    [Fact]
    public async Task What_one_node_has_acknowledged_the_other_shows()
    {
        var company = await nodes.Register();
        var (writes, reads) = (TwoNodes.At(A, company.Lead.Token), TwoNodes.At(B, company.Lead.Token));
        for (var round = 1; round <= 200; round++)
        {
            var id = (await writes.Post(Invoices, Some.Invoice())).Expect(201).Id;
            var listed = (await reads.Get($"{Invoices}?limit=1&sort=-createdAt&includeTotal=true")).Expect(200);
            Assert.Equal((id, round), (listed["items"][0].GetProperty("id").GetGuid(), listed["total"].GetInt32()));
            Assert.Equal(id, (await reads.Get($"{Invoices}/{id}")).Expect(200).Id);
        }
    }

    [Fact]
    public async Task A_token_of_one_node_holds_at_the_other()
    {
        var company = await nodes.Register();
        (await TwoNodes.At(B, company.Lead.Token).Get("/api/v2/users/profile")).Expect(200);
        var there = await Companies.LogIn(TwoNodes.At(B), company.Email);
        (await TwoNodes.At(A, there.Token).Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal((await TwoNodes.At(A).Get("/.well-known/jwks.json")).Body, (await TwoNodes.At(B).Get("/.well-known/jwks.json")).Body);
    }

    [Fact]
    public async Task A_list_that_one_node_began_the_other_goes_on_with()
    {
        var company = await nodes.Register();
        for (var i = 0; i < 2; i++) (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        var first = (await TwoNodes.At(A, company.Lead.Token).Get($"{Invoices}?limit=1")).Expect(200);
        var second = (await TwoNodes.At(B, company.Lead.Token)
            .Get($"{Invoices}?limit=1&cursor={Uri.EscapeDataString(first["nextCursor"].GetString()!)}")).Expect(200);
        Assert.NotEqual(first["items"][0].GetProperty("id").GetGuid(), second["items"][0].GetProperty("id").GetGuid());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second["nextCursor"].ValueKind);
    }

    [Fact]
    public async Task A_logout_at_one_node_ends_the_session_at_the_other()
    {
        var company = await nodes.Register();
        await using var live = await LiveClient.Connect(B.Http, company.Lead.Token);
        await using var raw = await RawLive.Connect(B.Http, company.Lead.Token);
        await raw.Read(said => said.Contains("\"connected\"", StringComparison.Ordinal));
        var other = await Companies.LogIn(TwoNodes.At(B), company.Email);
        (await TwoNodes.At(B, company.Lead.Token).Get("/api/v2/users/profile")).Expect(200);

        (await TwoNodes.At(A).Post("/api/v2/auth/logout", new { refreshToken = company.RefreshToken })).Expect(204);
        using var since = WorkingTime.Start();

        Assert.Equal(401, (await TwoNodes.At(A, company.Lead.Token).Get("/api/v2/users/profile")).Status);
        while ((await TwoNodes.At(B, company.Lead.Token).Get("/api/v2/users/profile")).Status != 401)
            Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await live.Revoked();
        Assert.Contains("session_revoked", await raw.ReadToEnd(), StringComparison.Ordinal);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        (await TwoNodes.At(B, other.Token).Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal(401, (await TwoNodes.At(B).Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Status);
    }

    [Fact]
    public async Task A_logout_of_the_operators_pages_ends_a_copy_of_the_cookie_at_the_other_node()
    {
        using var browser = await OpsBrowser.OfAdmin(A.Http.BaseAddress!);
        using var copy = new OpsBrowser(B.Http.BaseAddress!);
        copy.Cookies["tms-ops"] = browser.Cookies["tms-ops"];
        (await copy.Get(OpsBrowser.Dashboard + "/DashboardCounters")).Expect(200);

        var home = (await browser.Get(OpsBrowser.Login)).Expect(200);
        (await browser.Send(HttpMethod.Post, "/ops/logout", new() { ["form"] = OpsBrowser.Hidden(home) })).Expect(303);
        using var since = WorkingTime.Start();

        while ((await copy.Get(OpsBrowser.Dashboard + "/DashboardCounters")).Status != 401)
            Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        (await copy.Get(OpsBrowser.Dashboard + "/")).Expect(302);
    }

    [Fact]
    public async Task A_node_that_starts_later_knows_what_was_revoked_before()
    {
        var company = await nodes.Register();
        (await TwoNodes.At(A).Post("/api/v2/auth/logout", new { refreshToken = company.RefreshToken })).Expect(204);
        await using var later = await nodes.Host();
        Assert.Equal(401, (await TwoNodes.At(later, company.Lead.Token).Get("/api/v2/users/profile")).Status);
        await later.Stop();
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_twice_ends_its_session_everywhere()
    {
        var company = await nodes.Register();
        var next = (await TwoNodes.At(A).Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Expect(200);
        (await TwoNodes.At(B, next["accessToken"].GetString()).Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal(401, (await TwoNodes.At(B).Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Status);
        using var since = WorkingTime.Start();
        Assert.Equal(401, (await TwoNodes.At(B, next["accessToken"].GetString()).Get("/api/v2/users/profile")).Status);
        while ((await TwoNodes.At(A, next["accessToken"].GetString()).Get("/api/v2/users/profile")).Status != 401)
            Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(
            401, (await TwoNodes.At(A).Post("/api/v2/auth/refresh", new { refreshToken = next["refreshToken"].GetString() })).Status);
    }

    [Fact]
    public async Task Guesses_that_are_spread_over_both_nodes_lock_after_five_together()
    {
        var company = await nodes.Register();
        for (var i = 0; i < 5; i++) (await LogIn(i % 2 == 0 ? A : B, "not this one 77")).Expect(401);
        foreach (var node in (ApiProcess[])[A, B]) (await LogIn(node, Company.Password)).ExpectProblem(401, "unauthenticated");

        Task<Answer> LogIn(ApiProcess node, string password) =>
            TwoNodes.At(node).Post("/api/v2/auth/login", new { email = company.Email, password });
    }

    [Fact]
    public async Task A_user_has_five_connections_on_all_nodes_together()
    {
        var company = await nodes.Register();
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => LiveClient.Connect((i < 3 ? A : B).Http, company.Lead.Token)));
        foreach (var node in (ApiProcess[])[A, B])
        {
            await using var sixth = new LiveClient(node.Http, company.Lead.Token);
            await sixth.Start();
            Assert.Contains("too_many_connections", await sixth.Closed(), StringComparison.Ordinal);
        }

        await clients[0].DisposeAsync();
        await using var again = await TwoNodes.ConnectsWithin(TimeSpan.FromSeconds(2), B, company);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task A_node_has_one_bridge_per_company_however_many_follow_it()
    {
        await using var node = await nodes.Start();
        Assert.Equal(0, await TwoNodes.Metric(node, "tms_live_bridges") ?? 0);
        var (one, another) = (await nodes.Register(), await nodes.Register());
        var clients =
            await Task.WhenAll(new[] { one, one, one, another }.Select(company => LiveClient.Connect(node.Http, company.Lead.Token)));
        Assert.Equal((2, 4), (await TwoNodes.Metric(node, "tms_live_bridges"), await TwoNodes.Metric(node, "tms_live_connections")));
        foreach (var client in clients) await client.DisposeAsync();
        await node.Stop();
    }

    [Fact]
    public async Task A_limit_of_ten_is_ten_on_both_nodes_together()
    {
        await using var one = await nodes.Host("--Tms:RateLimiting:PerCaller=10", "--Tms:RateLimiting:WindowSeconds=43200");
        await using var other = await nodes.Host("--Tms:RateLimiting:PerCaller=10", "--Tms:RateLimiting:WindowSeconds=43200");
        // A node that waits too long for the cluster counts alone, and the first calls of a process are slow.
        foreach (var node in (ApiInside[])[one, other])
            (await TwoNodes.At(node, (await nodes.Register()).Lead.Token).Get("/api/v2/users/profile")).Expect(200);
        var company = await nodes.Register();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => TwoNodes.At(i % 2 == 0 ? one : other, company.Lead.Token).Get("/api/v2/users/profile")));
        Assert.Equal(10, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(429, "rate_limited"));

        var next = await nodes.Register();
        for (var left = 9; left >= 0; left--)
        {
            var answer = (await TwoNodes.At(left % 2 == 0 ? one : other, next.Lead.Token).Get("/api/v2/users/profile")).Expect(200);
            Assert.Equal(left.ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Header("X-RateLimit-Remaining"));
        }

        Assert.Equal(0, await TwoNodes.Metric(one, "tms_limits_alone_total") ?? 0);
        await Task.WhenAll(one.Stop(), other.Stop());
    }

    private async Task<IEnumerable<Guid>> Created(Company company)
    {
        await using var witness = new LogWitness(nodes.Site);
        return (await witness.Sound(company.Id)).Where(e => e.Type == "INVOICE_CREATED").Select(e => e.Stream.Id);
    }
}

[Collection(AloneCollection.Name)]
public sealed class TwoNodesWithSilosInside(NodesWithSilosInside nodes) : TwoNodeTests(nodes);

[Collection(AloneCollection.Name)]
public sealed class TwoNodesOfASiloOutside(NodesOfASiloOutside nodes) : TwoNodeTests(nodes);
