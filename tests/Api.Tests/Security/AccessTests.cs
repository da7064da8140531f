using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Security;

public sealed class AccessTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Guarded = "/api/v2/guarded";

    private ApiHost Api => shared.Api;

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer abc")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_a_token_that_holds_the_answer_is_401(string header)
    {
        using var answer = await Api.Get(Guarded, header.Length > 0 ? [("Authorization", header)] : []);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal("unauthenticated", await answer.Code());
    }

    [Theory]
    [InlineData("other", "tms-api", 900, false)]
    [InlineData("tms", "other", 900, false)]
    [InlineData("tms", "tms-api", -31, false)]
    [InlineData("tms", "tms-api", -29, true)]
    [InlineData("tms", "tms-api", 900, true)]
    public async Task Issuer_audience_and_expiry_of_a_token_count(string issuer, string audience, int seconds, bool holds)
    {
        using var answer = await Api.Get(
            Guarded,
            ("Authorization", "Bearer " + Forge(Api.Services.GetRequiredService<SigningKeys>().Current, issuer, audience, seconds)));
        Assert.Equal(holds ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_key_or_without_a_signature_does_not_hold()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = Api.Services.GetRequiredService<SigningKeys>().Current.Kid;
        var foreign = Forge(new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = kid }, "ES256"), "tms", "tms-api", 900);
        using var first = await Api.Get(Guarded, ("Authorization", "Bearer " + foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        var secret = new SymmetricSecurityKey(new byte[32]) { KeyId = kid };
        using var second =
            await Api.Get(Guarded, ("Authorization", "Bearer " + Forge(new SigningCredentials(secret, "HS256"), "tms", "tms-api", 900)));
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        using var third = await Api.Get(Guarded, ("Authorization", "Bearer " + Forge(null, "tms", "tms-api", 900)));
        Assert.Equal(HttpStatusCode.Unauthorized, third.StatusCode);
    }

    [Fact]
    public async Task A_role_may_only_what_the_table_says()
    {
        using var elev = await Api.Get(Guarded, Api.As(Role.Elev));
        Assert.Equal(HttpStatusCode.Forbidden, elev.StatusCode);
        Assert.Equal("forbidden", await elev.Code());
        using var reads = await Api.Get(Guarded, Api.As(Role.Bruker));
        Assert.Equal(HttpStatusCode.OK, reads.StatusCode);
        using var runs = await Api.Get(Guarded + "/run", Api.As(Role.Bruker));
        Assert.Equal(HttpStatusCode.Forbidden, runs.StatusCode);
    }

    [Fact]
    public async Task The_tenant_comes_from_the_token_and_travels_with_grain_calls()
    {
        var company = Guid.CreateVersion7();
        using var answer = await Api.Get(Guarded, Api.As(Role.Bruker, company), ("X-Company-Id", company.ToString()));
        var body = await answer.Json();
        Assert.Equal(company, body.GetProperty("tenant").GetGuid());
        Assert.Equal(company, body.GetProperty("call").GetGuid());
    }

    [Fact]
    public async Task Another_company_looks_as_if_it_did_not_exist()
    {
        using var answer = await Api.Get(Guarded, Api.As(Role.Hovedbruker), ("X-Company-Id", Guid.NewGuid().ToString()));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("not_found", await answer.Code());
    }

    [Fact]
    public async Task An_ADMIN_names_the_company_where_there_is_one()
    {
        var company = Guid.CreateVersion7();
        using var missing = await Api.Get(Guarded, Api.As(Role.Admin));
        Assert.Equal("company_required", await missing.Code());
        using var garbage = await Api.Get(Guarded, Api.As(Role.Admin), ("X-Company-Id", "acme"));
        Assert.Equal(HttpStatusCode.BadRequest, garbage.StatusCode);
        using var named = await Api.Get(Guarded, Api.As(Role.Admin), ("X-Company-Id", company.ToString()));
        Assert.Equal(company, (await named.Json()).GetProperty("tenant").GetGuid());
        using var platform = await Api.Get(Guarded + "/platform", Api.As(Role.Admin));
        Assert.Equal(HttpStatusCode.OK, platform.StatusCode);
    }

    [Fact]
    public async Task A_revoked_user_is_out_at_once_and_may_come_back_with_a_newer_token()
    {
        var (token, caller) = Api.Token(Role.Bruker);
        var header = ("Authorization", "Bearer " + token);
        using var before = await Api.Get(Guarded, header);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Api.Time.Advance(TimeSpan.FromMilliseconds(1));
        Api.Services.GetRequiredService<RecentRevocations>().EndAllOf(caller.UserId);
        using var after = await Api.Get(Guarded, header);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Api.Time.Advance(TimeSpan.FromMilliseconds(1));
        var (newer, _) = Api.Services.GetRequiredService<TokenIssuer>().Issue(caller.UserId, caller.Email, Role.Bruker, caller.CompanyId);
        using var again = await Api.Get(Guarded, ("Authorization", "Bearer " + newer));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_remembered_token_still_expires()
    {
        await using var api = await ApiHost.Start();
        var header = api.As(Role.Bruker);
        using var before = await api.Get(Guarded, header);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        api.Time.Advance(TimeSpan.FromSeconds(931));
        using var after = await api.Get(Guarded, header);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("/api/users", "X-API-Version", "2.0.0")]
    [InlineData("/api/users", "Accept", "application/vnd.tms.v2+json")]
    [InlineData("/api/v2/users", "Accept", "*/*")]
    public async Task The_three_calls_of_the_contract_work(string path, string header, string value)
    {
        using var answer = await Api.Get(path, Api.As(Role.Admin), (header, value));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await answer.Json()).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_public_keys_are_published_and_nothing_else_of_them()
    {
        using var answer = await Api.Get("/.well-known/jwks.json");
        var key = (await answer.Json()).GetProperty("keys")[0];
        Assert.Equal(["kty", "crv", "use", "alg", "kid", "x", "y"], key.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Api.Services.GetRequiredService<SigningKeys>().Current.Kid, key.GetProperty("kid").GetString());
        Assert.Equal("", answer.Header("X-API-Version"));
    }

    [Fact]
    public async Task An_action_that_does_not_say_who_may_call_it_stops_the_start()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ApiHost.Start(services: s => s.AddMvcCore(o => o.Conventions.Add(new Forgetful()))));
        Assert.Contains("NewController", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_says_nothing_needs_a_token_and_the_hub_takes_it_from_the_query()
    {
        await using var api = await ApiHost.Start(map: app =>
        {
            app.MapGet("/hubs/live", () => "in");
            app.MapGet("/other", () => "in");
        });
        var token = api.Token(Role.Elev).Token;
        using var anonymous = await api.Get("/hubs/live");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var hub = await api.Get("/hubs/live?access_token=" + token);
        Assert.Equal(HttpStatusCode.OK, hub.StatusCode);
        using var other = await api.Get("/other?access_token=" + token);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    private sealed class Forgetful : IApplicationModelConvention
    {
        public void Apply(ApplicationModel application)
        {
            var controller = application.Controllers.Single(c => c.ControllerType == typeof(NewController));
            foreach (var selector in controller.Selectors) selector.EndpointMetadata.Clear();
        }
    }

    private static string Forge(SigningCredentials? credentials, string issuer, string audience, int seconds)
    {
        var now = new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = now.AddSeconds(seconds),
            SigningCredentials = credentials,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = Guid.NewGuid().ToString(),
                ["email"] = "a@b.no",
                ["role"] = "BRUKER",
                ["companyId"] = Guid.NewGuid().ToString(),
                ["jti"] = Guid.CreateVersion7().ToString(),
            },
        });
    }
}
