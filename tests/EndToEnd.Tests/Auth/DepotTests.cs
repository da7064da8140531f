using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Many people behind one address, one of whom guesses passwords.</summary>
public sealed class DepotTests
{
    [Fact]
    public async Task A_guesser_is_stopped_and_everybody_who_is_in_works_on()
    {
        using var site = await ApiSite.OnSqlite();
        await using var node =
            await site.Host("--Tms:RateLimiting:Enabled=true", "--Tms:RateLimiting:Auth=3", "--Tms:RateLimiting:WindowSeconds=43200");
        var anonymous = new Client(() => node.Http);
        var company = await Companies.Register(anonymous);
        for (var i = 0; i < 4; i++) await Companies.LogIn(anonymous, company.Email);
        for (var i = 0; i < 3; i++) (await LogIn(anonymous, Some.Email())).ExpectProblem(401, "unauthenticated");

        var refused = (await LogIn(anonymous, company.Email)).ExpectProblem(429, "rate_limited");
        Assert.NotNull(refused.Header("Retry-After"));
        (await Refresh(anonymous, new string('A', 86))).ExpectProblem(429, "rate_limited");
        using var browser = new OpsBrowser(node.Http.BaseAddress!);
        (await browser.Get(OpsBrowser.Login)).Expect(429);

        (await company.Lead.Get("/api/v2/auth/sessions")).Expect(200);
        for (var i = 0; i < 4; i++) (await company.Lead.Get($"/api/v2/users/{company.LeadId}/export")).Expect(200);
        Assert.Contains(
            "hour", (await company.Lead.Get($"/api/v2/users/{company.LeadId}/export")).ExpectProblem(429, "rate_limited").Body,
            StringComparison.Ordinal);
        var token = company.RefreshToken;
        for (var left = 2; left >= 0; left--)
        {
            var answer = (await Refresh(anonymous, token)).Expect(200);
            Assert.Equal($"3 {left}", $"{answer.Header("X-RateLimit-Limit")} {answer.Header("X-RateLimit-Remaining")}");
            token = answer["refreshToken"].GetString()!;
        }

        (await Refresh(anonymous, token)).ExpectProblem(429, "rate_limited");
    }

    private static Task<Answer> LogIn(Client anonymous, string email) =>
        anonymous.Post("/api/v2/auth/login", new { email, password = Company.Password });

    private static Task<Answer> Refresh(Client anonymous, string refreshToken) =>
        anonymous.Post("/api/v2/auth/refresh", new { refreshToken });
}
