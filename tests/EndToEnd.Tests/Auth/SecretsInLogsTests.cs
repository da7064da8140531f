using OtpNet;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>What opens something is in no log, whatever an operator has logged.</summary>
public sealed class SecretsInLogsTests
{
    private const string Auth = "/api/v2/auth";
    private static readonly string[] Scopes = ["economy:read"];
    private static readonly string[] Categories =
        ["Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.Hosting.Lifetime", "Orleans", "Polly", "System", "Tms"];

    [Fact]
    public async Task No_secret_is_logged_at_any_level()
    {
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Host([.. Categories.Select(name => $"--Logging:LogLevel:{name}=Trace"), "--Auth:Authority="]);
        var anonymous = new Client(() => api.Http);
        var secrets = new Dictionary<string, string> { ["password"] = Company.Password, ["admin's password"] = ApiSite.Admin.Password };

        var company = await Companies.Register(anonymous);
        Note(
            secrets, "registration",
            (await anonymous.Post($"{Auth}/login", new { email = company.Email, password = Company.Password })).Expect(200));
        Note(
            secrets, "refresh",
            (await anonymous.Post($"{Auth}/refresh", new { refreshToken = company.RefreshToken }, ("Idempotency-Key", "once")))
                .Expect(200));
        secrets["first token"] = company.Lead.Token!;
        secrets["first refresh token"] = company.RefreshToken;
        (await anonymous.Post($"{Auth}/verify", new { token = company.Lead.Token })).Expect(200);
        (await anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = Company.Password })).Expect(200);
        (await anonymous.Post(
            $"{Auth}/login", new { email = company.Email, password = secrets["wrong password"] = "feil passord som ingen har 3" }))
            .Expect(401);
        (await anonymous.PostText($"{Auth}/login", $$"""{"email":"{{company.Email}}","password":"{{Company.Password}}","more":1}"""))
            .Expect(422);

        secrets["API key"] =
            (await company.Lead.Post("/api/v2/api-keys", new { name = "K", scopes = Scopes })).Expect(201)["key"].GetString()!;
        (await anonymous.With(secrets["API key"]).Get("/api/v2/economy/invoices")).Expect(200);
        await Follow(api, company.Lead.Token!, secrets["API key"]);
        await Mails(anonymous, company, site, secrets);
        await Factor(company.Lead, secrets);

        using var browser = await OpsBrowser.OfAdmin(api.Http.BaseAddress!);
        foreach (var (name, value) in browser.Cookies) secrets[$"cookie {name}"] = value;
        (await browser.Get($"{OpsBrowser.Dashboard}/DashboardCounters")).Expect(200);
        (await anonymous.Post($"{Auth}/logout", new { refreshToken = company.RefreshToken })).Expect(204);

        var output = api.Output;
        Assert.DoesNotContain("NoSuchMethod", output, StringComparison.Ordinal);
        Assert.Contains("trce: ", output, StringComparison.Ordinal);
        Assert.All(
            secrets,
            secret => Assert.False(
                output.Contains(secret.Value, StringComparison.Ordinal), $"{secret.Key} is in: {Line(output, secret.Value)}"));
    }

    private static void Note(Dictionary<string, string> secrets, string of, Answer answer)
    {
        secrets[$"token of {of}"] = answer["accessToken"].GetString()!;
        secrets[$"refresh token of {of}"] = answer["refreshToken"].GetString()!;
    }

    // As a browser connects, as a program does, and once with what the hub does not take.
    private static async Task Follow(ApiInside api, string token, string key)
    {
        await using var raw = await RawLive.Connect(api.Http, token);
        await using var live = await LiveClient.Connect(api.Http, token);
        await live.Invoke("RefreshToken", token);
        await Assert.ThrowsAnyAsync<Exception>(() => live.Invoke("RefreshToken", key));
        await Assert.ThrowsAnyAsync<Exception>(() => live.Invoke("NoSuchMethod", token));
        (await new Client(() => api.Http).Post($"/hubs/live/negotiate?negotiateVersion=1&access_token={token}")).Expect(200);
        (await new Client(() => api.Http).Get($"/api/v2/economy/invoices?access_token={token}")).Expect(401);
        (await new Client(() => api.Http).Get($"/hubs/live?a=b&Access%5Ftoken={key}x")).Expect(401);
    }

    private static async Task Mails(Client anonymous, Company company, ApiSite site, Dictionary<string, string> secrets)
    {
        var outbox = new Outbox(site.DataPath);
        (await company.Lead.Post("/api/v2/users/invitations", new { email = "elev@tms.example", role = "ELEV" })).Expect(201);
        secrets["invitation"] = Outbox.Token(await outbox.Next("elev@tms.example", "Invitasjon"));
        (await anonymous.Post(
            $"{Auth}/register",
            new { invitationToken = secrets["invitation"], firstName = "A", lastName = "B", password = Company.Password })).Expect(201);
        (await anonymous.Post($"{Auth}/password/forgot", new { email = "elev@tms.example" })).Expect(202);
        secrets["reset token"] = Outbox.Token(await outbox.Next("elev@tms.example", "Nytt passord"));
        (await anonymous.Post(
            $"{Auth}/password/reset",
            new { token = secrets["reset token"], newPassword = secrets["new password"] = "enda et helt nytt passord 5" })).Expect(204);
    }

    private static async Task Factor(Client lead, Dictionary<string, string> secrets)
    {
        var begun = (await lead.Post($"{Auth}/second-factor/begin")).Expect(200);
        secrets["second factor"] = begun["secret"].GetString()!;
        secrets["ticket"] = begun["ticket"].GetString()!;
        var code = new Totp(Base32Encoding.ToBytes(secrets["second factor"])).ComputeTotp();
        var enabled = (await lead.Post($"{Auth}/second-factor/enable", new { ticket = secrets["ticket"], code })).Expect(200);
        secrets["recovery code"] = enabled["recoveryCodes"].EnumerateArray().Select(c => c.GetString()!).First();
    }

    private static string Line(string output, string secret) =>
        output.Split('\n').FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal)) is { } line
        ? line[..Math.Min(300, line.Length)]
        : "";
}
