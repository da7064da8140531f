using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>Tokens that are not ours, not theirs, or not now.</summary>
[Collection(SqliteCollection.Name)]
public sealed class TokenTests(SqliteApi api)
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task No_token_but_a_true_one_opens_anything()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var (what, token) in await Forged(company))
        {
            foreach (var answer in (Answer[])[
                await api.Anonymous.With(token).Get(Invoices), await api.Anonymous.With(token).Post(Invoices, Some.Invoice())])
            {
                trace.Expect(answer, what, 401, "unauthenticated");
                Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
            }

            var verified = (await api.Anonymous.Post("/api/v2/auth/verify", new { token })).Expect(200);
            Assert.False(verified["valid"].GetBoolean(), what);
        }
    }

    [Fact]
    public async Task Authorization_that_is_no_bearer_token_is_none()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var value in (string[])[
            "", "Bearer", "Bearer ", "Basic a2FyaTpwYXNz", company.Lead.Token!, "Token " + company.Lead.Token,
            "Bearer\t" + company.Lead.Token, "Bearer " + company.Lead.Token + ", Bearer x", "Bearer " + new string('x', 20_000)])
            trace.Expect(
                await api.Anonymous.Get(Invoices, ("Authorization", value)), value[..Math.Min(30, value.Length)], 401, "unauthenticated");
        trace.Expect(await api.Anonymous.Get($"{Invoices}?access_token={company.Lead.Token}"), "in the query", 401, "unauthenticated");
        await trace.End();
        (await api.Anonymous.Get(Invoices, ("Authorization", "bearer " + company.Lead.Token))).Expect(200);
    }

    [Fact]
    public async Task Refresh_tokens_rotate_and_a_stolen_one_ends_the_family()
    {
        var company = await api.NewCompany();
        const string Refresh = "/api/v2/auth/refresh";
        var second =
            (await api.Anonymous.Post(Refresh, new { refreshToken = company.RefreshToken })).Expect(200)["refreshToken"].GetString();
        Assert.NotEqual(company.RefreshToken, second);
        (await api.Anonymous.Post(Refresh, new { refreshToken = company.RefreshToken })).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.Post(Refresh, new { refreshToken = second })).ExpectProblem(401, "unauthenticated");
        foreach (var token in (string[])["", "x", new string('A', 200)])
            (await api.Anonymous.Post(Refresh, new { refreshToken = token })).Expect(401);
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_gives_the_same_successor_under_its_key()
    {
        var company = await api.NewCompany();
        var key = ("Idempotency-Key", Some.Key());
        var first = (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }, key)).Expect(200);
        var again = (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }, key)).Expect(200);
        Assert.Equal(first["refreshToken"].GetString(), again["refreshToken"].GetString());
    }

    [Fact]
    public async Task A_logout_ends_the_session_and_its_tokens()
    {
        var company = await api.NewCompany();
        (await api.Anonymous.Post("/api/v2/auth/logout", new { refreshToken = company.RefreshToken })).Expect(204);
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }))
            .ExpectProblem(401, "unauthenticated");
        (await company.Lead.Get(Invoices)).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.Post("/api/v2/auth/logout", new { refreshToken = "nobody's" })).Expect(204);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var company = await api.NewCompany();
        var wrong = (await api.Anonymous.Post("/api/v2/auth/login", new { email = company.Email, password = "not this one 77" }))
            .ExpectProblem(401, "unauthenticated");
        var nobody = (await api.Anonymous.Post("/api/v2/auth/login", new { email = Some.Email(), password = "not this one 77" }))
            .ExpectProblem(401, "unauthenticated");
        Assert.Equal(wrong["detail"].GetString(), nobody["detail"].GetString());
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = company.Email.ToUpperInvariant(), password = Company.Password }))
            .Expect(200);
        (await api.Anonymous.PostText("/api/v2/auth/login", """{"email":7,"password":null}""")).ExpectProblem(422, "validation_failed");
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = "x", password = new string('p', 5000) }))
            .ExpectProblem(422, "validation_failed");
    }

    [Fact]
    public async Task A_registration_says_all_that_is_wrong_with_it_and_takes_no_address_twice()
    {
        const string Register = "/api/v2/auth/register";
        var company = await api.NewCompany();
        var wrong = (await api.Anonymous.Post(
            Register,
            new
            {
                company = new { name = "A", organisationNumber = "123456789" },
                firstName = "K",
                lastName = "N",
                email = "nobody",
                password = "passord123"
            })).ExpectProblem(422, "validation_failed");
        Assert.Equal(["/company/organisationNumber", "/email", "/password"], wrong.Fields.Order(StringComparer.Ordinal));
        var taken = new
        {
            company = new { name = "A", organisationNumber = Some.OrganisationNumber() },
            firstName = "K",
            lastName = "N",
            email = company.Email,
            password = Company.Password
        };
        (await api.Anonymous.Post(Register, taken)).ExpectProblem(409, "email_taken");
        (await api.Anonymous.PostText(Register, "{}")).ExpectProblem(422, "validation_failed");
        (await api.Anonymous.PostText(Register, """{"company":null,"role":"ADMIN"}""")).ExpectProblem(422, "validation_failed");
    }

    private async Task<(string What, string Token)[]> Forged(Company company)
    {
        var parts = company.Lead.Token!.Split('.');
        var header = JsonDocument.Parse(Base64UrlEncoder.Decode(parts[0])).RootElement;
        var kid = header.GetProperty("kid").GetString()!;
        var payload = Base64UrlEncoder.Decode(parts[1]);
        var key = (await api.Anonymous.Get("/.well-known/jwks.json")).Expect(200)["keys"][0];
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (x, y) = (key.GetProperty("x").GetString()!, key.GetProperty("y").GetString()!);
        using var theirs = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(x), Y = Base64UrlEncoder.DecodeBytes(y) },
        });
        var now = TimeProvider.System;
        return
        [
            ("no token", "x"), ("three dots", "..."), ("empty parts", ".."), ("without signature", $"{parts[0]}.{parts[1]}."),
            ("without its end", $"{parts[0]}.{parts[1]}"),
            ("alg none", $"{Part("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}."),
            ("alg None with kid", $"{Part($$"""{"alg":"None","typ":"JWT","kid":"{{kid}}"}""")}.{parts[1]}."),
            ("HS256 with the public key as DER", Hmac(kid, payload, theirs.ExportSubjectPublicKeyInfo())),
            ("HS256 with the public key as PEM", Hmac(kid, payload, Encoding.UTF8.GetBytes(theirs.ExportSubjectPublicKeyInfoPem()))),
            ("HS256 with x", Hmac(kid, payload, Base64UrlEncoder.DecodeBytes(x))),
            ("HS256 with the kid", Hmac(kid, payload, Encoding.UTF8.GetBytes(kid))),
            ("another key", Es(own, kid, payload)),
            ("another key with its own jwk", Es(own, kid, payload, $$""","jwk":{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}""")),
            ("another key, unknown kid", Es(own, "nobody", payload)), ("kid of a file", Es(own, "../../dev/null", payload)),
            ("kid with SQL", Es(own, "' or 1=1 --", payload)),
            ("another role", $"{parts[0]}.{Part(payload.Replace("HOVEDBRUKER", "ADMIN", StringComparison.Ordinal))}.{parts[2]}"),
            ("altered signature", $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}"),
            ("zero signature", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(new byte[64])}"),
            ("expired", api.Token(Role.Hovedbruker, company.Id, company.LeadId, new FakeTimeProvider(now.GetUtcNow().AddMinutes(-16)))),
            ("not yet", api.Token(Role.Hovedbruker, company.Id, company.LeadId, new FakeTimeProvider(now.GetUtcNow().AddMinutes(16)))),
            (
                "wrong audience",
                api.Token(
                    Role.Hovedbruker, company.Id, company.LeadId, settings: s => s with { Tokens = (s.Tokens.Issuer, "another-api") })),
            (
                "wrong issuer",
                api.Token(
                    Role.Hovedbruker, company.Id, company.LeadId, settings: s => s with { Tokens = ("somebody", s.Tokens.Audience) })),
            ("no company", api.Token(Role.Hovedbruker, null, company.LeadId)),
        ];
    }

    private static string Part(string json) => Base64UrlEncoder.Encode(json);

    private static string Hmac(string kid, string payload, byte[] secret)
    {
        var text = $"{Part($$"""{"alg":"HS256","typ":"JWT","kid":"{{kid}}"}""")}.{Part(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Es(ECDsa key, string kid, string payload, string more = "")
    {
        var text = $"{Part($$"""{"alg":"ES256","typ":"JWT","kid":"{{kid}}"{{more}}}""")}.{Part(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }
}
