using OtpNet;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Codes beside the password.</summary>
public abstract class SecondFactorTests(ApiFixture api)
{
    private const string Login = "/api/v2/auth/login";
    private const string Factor = "/api/v2/auth/second-factor";

    [Fact]
    public async Task A_login_needs_a_code_each_code_holds_once_and_both_versions_ask_for_it()
    {
        var company = await api.NewCompany();
        var (secret, _) = await Enable(company.Lead);

        (await LogIn(company.Email, null)).ExpectProblem(401, "second_factor_required");
        (await LogIn(company.Email, null, "not this one 77")).ExpectProblem(401, "unauthenticated");
        Assert.Equal(
            "second_factor_required",
            (await api.Anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = Company.Password })).Expect(401).Code);
        var code = Code(secret);
        (await LogIn(company.Email, code)).Expect(200);
        (await LogIn(company.Email, code)).ExpectProblem(401, "unauthenticated");
        Assert.Equal(
            ["/code"],
            (await company.Lead.Post($"{Factor}/disable", new { password = Company.Password, code }))
                .ExpectProblem(422, "validation_failed").Fields);
        (await LogIn(company.Email, " \u202f")).ExpectProblem(401, "second_factor_required");
        var next = Code(secret, ahead: 30).Insert(3, "\u202f");
        (await api.Anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = Company.Password, code = next }))
            .Expect(200);
        (await LogIn(company.Email, Code(secret, ahead: 120))).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Wrong_codes_lock_and_a_locked_login_does_not_say_that_the_password_was_right()
    {
        var company = await api.NewCompany();
        var (secret, _) = await Enable(company.Lead);
        for (var i = 0; i < 5; i++)
        {
            (await LogIn(company.Email, "000000")).ExpectProblem(401, "unauthenticated");
            if (i < 4) (await LogIn(company.Email, null)).ExpectProblem(401, "second_factor_required");
        }

        (await LogIn(company.Email, null)).ExpectProblem(401, "unauthenticated");
        (await LogIn(company.Email, Code(secret))).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_code_for_a_lost_device_holds_once_also_when_several_use_it_together()
    {
        var company = await api.NewCompany();
        var (_, recovery) = await Enable(company.Lead);
        Assert.Equal(10, recovery.Distinct().Count());
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LogIn(company.Email, recovery[3].ToLowerInvariant())));
        Assert.Single(together, answer => answer.Status == 200);
        (await LogIn(company.Email, recovery[7].Replace("-", "", StringComparison.Ordinal))).Expect(200);
        (await LogIn(company.Email, recovery[7])).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task It_is_set_up_with_a_first_code_and_given_up_with_password_and_code()
    {
        var company = await api.NewCompany();
        var begun = (await company.Lead.Post($"{Factor}/begin")).Expect(200);
        var (secret, ticket) = (begun["secret"].GetString()!, begun["ticket"].GetString()!);
        Assert.StartsWith(
            $"otpauth://totp/TMS:{Uri.EscapeDataString(company.Email)}?secret={secret}&", begun["otpauthUri"].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["/code"],
            (await company.Lead.Post($"{Factor}/enable", new { ticket, code = "000000" })).ExpectProblem(422, "validation_failed").Fields);
        var other = await api.NewCompany();
        Assert.Equal(
            ["/ticket"],
            (await other.Lead.Post($"{Factor}/enable", new { ticket, code = Code(secret) }))
                .ExpectProblem(422, "validation_failed").Fields);
        (await LogIn(company.Email, null)).Expect(200);

        (await company.Lead.Post($"{Factor}/enable", new { ticket, code = Code(secret) })).Expect(200);
        (await company.Lead.Post($"{Factor}/enable", new { ticket, code = Code(secret) })).ExpectProblem(409, "second_factor_enabled");
        (await company.Lead.Post($"{Factor}/disable", new { password = "not this one 77", code = Code(secret) }))
            .ExpectProblem(422, "validation_failed");
        (await company.Lead.Post($"{Factor}/disable", new { password = Company.Password, code = "000000" }))
            .ExpectProblem(422, "validation_failed");
        (await company.Lead.Post($"{Factor}/disable", new { password = Company.Password, code = Code(secret) })).Expect(204);
        (await LogIn(company.Email, null)).Expect(200);
    }

    [Fact]
    public async Task The_operators_page_asks_for_the_code_too()
    {
        using var site = await ApiSite.OnSqlite();
        await using var own = await site.Host();
        var anonymous = new Client(() => own.Http);
        var admin = anonymous.With(
            (await anonymous.Post(Login, new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
                .Expect(200)["accessToken"].GetString());
        var (secret, _) = await Enable(admin);
        using var browser = new OpsBrowser(own.Http.BaseAddress!);

        Assert.Contains(
            "code", (await browser.LogIn(ApiSite.Admin.Email, ApiSite.Admin.Password)).Expect(401).Body, StringComparison.Ordinal);
        var page = (await browser.Get(OpsBrowser.Login)).Expect(200);
        var form = new Dictionary<string, string>
        {
            ["form"] = OpsBrowser.Hidden(page),
            ["email"] = ApiSite.Admin.Email,
            ["password"] = ApiSite.Admin.Password,
            ["code"] = Code(secret),
        };
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, form, ("Sec-Fetch-Site", "same-origin"))).Expect(303);
    }

    private static async Task<(string Secret, string[] Recovery)> Enable(Client who)
    {
        var begun = (await who.Post($"{Factor}/begin")).Expect(200);
        var secret = begun["secret"].GetString()!;
        var enabled = (await who.Post($"{Factor}/enable", new { ticket = begun["ticket"].GetString(), code = Code(secret) })).Expect(200);
        return (secret, [.. enabled["recoveryCodes"].EnumerateArray().Select(code => code.GetString()!)]);
    }

    private static string Code(string secret, int ahead = 0) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(ahead));

    private Task<Answer> LogIn(string email, string? code, string password = Company.Password) =>
        api.Anonymous.Post(Login, new { email, password, code });
}

[Collection(SqliteCollection.Name)]
public sealed class SecondFactorTestsOnSqlite(SqliteApi api) : SecondFactorTests(api);

[Collection(PostgresCollection.Name)]
public sealed class SecondFactorTestsOnPostgres(PostgresApi api) : SecondFactorTests(api);
