using System.Security.Cryptography;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Tokens of an outside authority.</summary>
[Collection(SqliteCollection.Name)]
public sealed class OutsideTokenTests(SqliteApi shared)
{
    private const string Profile = "/api/v2/users/profile";

    [Fact]
    public async Task A_token_of_the_authority_lets_in_whoever_has_its_address_with_the_role_of_here()
    {
        await using var run = await Run.Start();
        var company = await Companies.Register(run.Anonymous);
        (await run.Anonymous.With(run.Authority.Token(run.Authority.Claims(company.Email))).Get(Profile))
            .ExpectProblem(401, "unauthenticated");
        await Shown(run, company);
        foreach (var (alg, kid) in new[] { ("RS256", "rsa"), ("ES256", "ec") })
        {
            var caller = run.Anonymous.With(run.Authority.Token(run.Authority.Claims(company.Email.ToUpperInvariant()), alg, kid));
            Assert.Equal(
                (company.LeadId, "HOVEDBRUKER"),
                ((await caller.Get(Profile)).Expect(200).Id, (await caller.Get(Profile))["role"].GetString()));
            (await caller.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201);
            (await caller.Get("/api/v2/users")).ExpectProblem(403, "forbidden");
        }
    }

    [Fact]
    public async Task No_other_token_does()
    {
        await using var run = await Run.Start();
        var company = await Companies.Register(run.Anonymous);
        await Shown(run, company);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var stranger = RSA.Create(2048);
        Dictionary<string, object> But(string claim, object? value)
        {
            var claims = run.Authority.Claims(company.Email);
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
            return claims;
        }

        (string What, string Token)[] refused =
        [
            ("another audience", run.Authority.Token(But("aud", "another"))), ("no audience", run.Authority.Token(But("aud", null))),
            ("another issuer", run.Authority.Token(But("iss", "http://127.0.0.1:1"))),
            ("our issuer", run.Authority.Token(But("iss", "tms"))),
            ("expired", run.Authority.Token(But("exp", now - 60))), ("without an end", run.Authority.Token(But("exp", null))),
            ("not yet", run.Authority.Token(But("nbf", now + 600))),
            ("made in the future", run.Authority.Token(But("iat", now + 600))), ("made never", run.Authority.Token(But("iat", null))),
            ("address not verified", run.Authority.Token(But("email_verified", false))),
            ("nobody says verified", run.Authority.Token(But("email_verified", null))),
            ("nobody's address", run.Authority.Token(But("email", Some.Email()))), ("no address", run.Authority.Token(But("email", null))),
            ("alg none", run.Authority.Token(But("sub", "x"), "none")),
            ("HS256 with the public key", run.Authority.Token(But("sub", "x"), "HS256")),
            ("another key", run.Authority.Token(But("sub", "x"), key: stranger)),
            ("another kid", run.Authority.Token(But("sub", "x"), kid: "unknown", key: stranger)),
        ];
        foreach (var (what, token) in refused) Assert.True((await run.Anonymous.With(token).Get(Profile)).Status == 401, what);
        (await shared.Anonymous.With(run.Authority.Token(run.Authority.Claims(company.Email))).Get(Profile))
            .ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task It_ends_with_the_users_sessions_and_with_the_user_and_follows_the_role_at_once()
    {
        await using var run = await Run.Start();
        var company = await Companies.Register(run.Anonymous);
        var email = Some.Email();
        (await company.Lead.Post("/api/v2/users/invitations", new { email, role = "BRUKER" })).Expect(201);
        var token = Outbox.Token(await new Outbox(run.Site.DataPath).Next(email, "Invitasjon"));
        var user = (await run.Anonymous.Post(
            "/api/v2/auth/register", new { invitationToken = token, firstName = "A", lastName = "B", password = Company.Password }))
            .Expect(201)["user"];
        var outside = run.Anonymous.With(run.Authority.Token(run.Authority.Claims(email)));
        (await outside.Get("/api/v2/economy/invoices")).Expect(200);

        await Change(company, user.GetProperty("id").GetGuid(), "role", new { role = "ELEV" });
        (await outside.Get("/api/v2/economy/invoices")).ExpectProblem(403, "forbidden");
        (await outside.Get(Profile)).Expect(200);
        (await company.Lead.Delete($"/api/v2/users/{user.GetProperty("id").GetGuid()}/sessions")).Expect(200);
        (await outside.Get(Profile)).ExpectProblem(401, "unauthenticated");
        var claims = run.Authority.Claims(email);
        claims["iat"] = (long)claims["iat"] + 10;
        outside = run.Anonymous.With(run.Authority.Token(claims));
        (await outside.Get(Profile)).Expect(200);
        await Change(company, user.GetProperty("id").GetGuid(), "status", new { isActive = false });
        (await outside.Get(Profile)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task An_authority_that_cannot_be_asked_is_told_as_such_and_our_own_tokens_go_on()
    {
        await using var run = await Run.Start();
        var company = await Companies.Register(run.Anonymous);
        await Shown(run, company);
        var token = run.Authority.Token(run.Authority.Claims(company.Email));
        run.Authority.Dispose();
        Assert.NotNull((await run.Anonymous.With(token).Get(Profile)).Expect(503).Header("Retry-After"));
        (await company.Lead.Get(Profile)).Expect(200);
    }

    [Theory]
    [InlineData("--Auth:Authority=http://login.example.no", "Auth:Authority")]
    [InlineData("--Auth:Authority=https://login.example.no", "Auth:Audience")]
    [InlineData("--Auth:Audience=tms", "Auth:Authority")]
    public async Task Settings_that_cannot_be_right_stop_the_start(string given, string named)
    {
        using var site = await ApiSite.OnSqlite();
        var (code, output) = await ApiInside.RunToEnd(site.Settings(given));
        Assert.Equal(1, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    // Whoever registered has not shown yet to read mail to the address, and the authority's user may be somebody else.
    private static async Task Shown(Run run, Company company)
    {
        (await company.Lead.Post("/api/v2/users/profile/email", new { email = company.Email, password = Company.Password })).Expect(202);
        var token = Outbox.Token(await new Outbox(run.Site.DataPath).Next(company.Email, "Bekreft"));
        (await run.Anonymous.Post("/api/v2/auth/email/confirm", new { token })).Expect(204);
    }

    private static async Task Change(Company company, Guid user, string what, object value)
    {
        var etag = (await company.Lead.Get($"/api/v2/users/{user}")).Expect(200).ETag!;
        (await company.Lead.Send(
            HttpMethod.Patch, $"/api/v2/users/{user}/{what}",
            new StringContent(System.Text.Json.JsonSerializer.Serialize(value), System.Text.Encoding.UTF8, "application/json"),
            ("If-Match", etag))).Expect(200);
    }

    private sealed record Run(TestAuthority Authority, ApiSite Site, ApiInside Inside) : IAsyncDisposable
    {
        public Client Anonymous => new(() => Inside.Http);

        public static async Task<Run> Start()
        {
            var (authority, site) = (new TestAuthority(), await ApiSite.OnSqlite());
            return new Run(
                authority, site, await site.Host($"--Auth:Authority={authority.Address}", $"--Auth:Audience={TestAuthority.Audience}"));
        }

        public async ValueTask DisposeAsync()
        {
            await Inside.DisposeAsync();
            Site.Dispose();
            Authority.Dispose();
        }
    }
}
