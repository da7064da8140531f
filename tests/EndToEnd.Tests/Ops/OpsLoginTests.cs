using Microsoft.Extensions.Time.Testing;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Ops;

/// <summary>Logging in to the operators' pages, and what a cookie is worth.</summary>
[Collection(SqliteCollection.Name)]
public sealed class OpsLoginTests(SqliteApi api)
{
    private const string Data = OpsBrowser.Dashboard + "/DashboardCounters";
    private const string Cookie = "tms-ops";

    private Uri Node => api.Process.Http.BaseAddress!;

    [Fact]
    public async Task The_form_has_no_script_and_posts_to_this_server_only()
    {
        using var browser = new OpsBrowser(Node);
        var page = (await browser.Get(OpsBrowser.Login)).Expect(200);
        Assert.Equal("text/html", page.MediaType);
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", page.Header("Content-Security-Policy"));
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites_and_lasts_a_quarter_of_an_hour()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        foreach (var attribute in (string[])["path=/ops", "httponly", "samesite=strict", "max-age=900"])
            Assert.Contains($"; {attribute}", browser.Attributes[Cookie], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiSite.Admin.Email, "wrong-password-1")]
    [InlineData("nobody@tms.example", "wrong-password-1")]
    [InlineData("", "")]
    public async Task A_wrong_login_gets_the_same_answer_whoever_it_names(string email, string password)
    {
        using var browser = new OpsBrowser(Node);
        var answer = (await browser.LogIn(email, password)).Expect(401);
        Assert.Contains("E-mail address or password is wrong.", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("password")]
    [InlineData("code")]
    [InlineData("form")]
    public async Task A_field_with_control_characters_is_not_taken(string field)
    {
        using var browser = new OpsBrowser(Node);
        var form = Filled(OpsBrowser.Hidden((await browser.Get(OpsBrowser.Login)).Expect(200)));
        form[field] = form.GetValueOrDefault(field) + "\0";
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, form)).Expect(400);
    }

    [Fact]
    public async Task A_form_of_another_browser_or_of_another_site_is_not_taken()
    {
        using var other = new OpsBrowser(Node);
        var others = OpsBrowser.Hidden((await other.Get(OpsBrowser.Login)).Expect(200));
        using var browser = new OpsBrowser(Node);
        var own = OpsBrowser.Hidden((await browser.Get(OpsBrowser.Login)).Expect(200));

        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, Filled(others))).Expect(400);
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, Filled(own), ("Sec-Fetch-Site", "cross-site"))).Expect(400);
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, Filled(own), ("Sec-Fetch-Site", "same-site"))).Expect(400);
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login)).Expect(400);
        using var bare = new OpsBrowser(Node);
        (await bare.Send(HttpMethod.Post, OpsBrowser.Login, Filled(own))).Expect(400);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys.Concat(bare.Cookies.Keys));
        (await browser.Send(HttpMethod.Post, OpsBrowser.Login, Filled(own))).Expect(303);
    }

    [Fact]
    public async Task A_cookie_that_was_not_made_by_a_login_opens_nothing()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        var good = browser.Cookies[Cookie];
        var last = good[^2] == 'A' ? 'B' : 'A';
        var early = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var forged in (string[])
        [
            "nonsense", good[..^2] + last + good[^1], good[..good.LastIndexOf('.')] + ".", api.Admin.Token!,
            api.Token(Role.Admin, null, api.AdminId),
            api.Token(Role.Admin, null, api.AdminId, settings: OfOps), api.Token(Role.Admin, null, api.AdminId, early, OfOps),
        ])
        {
            browser.Cookies[Cookie] = forged;
            (await browser.Get(Data)).ExpectProblem(401, "unauthenticated");
        }

        browser.Cookies[Cookie] = good;
        (await browser.Get(Data)).Expect(200);
    }

    [Fact]
    public async Task A_cookie_is_no_token_of_the_api()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        (await api.Anonymous.With(browser.Cookies[Cookie]).Get("/api/v2/admin/dead-letters")).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task After_the_logout_a_copy_of_the_cookie_opens_nothing()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        var copy = browser.Cookies[Cookie];
        var home = (await browser.Get(OpsBrowser.Login)).Expect(200);
        Assert.Contains(ApiSite.Admin.Email, home.Body, StringComparison.Ordinal);

        (await browser.Send(HttpMethod.Post, "/ops/logout")).Expect(400);
        (await browser.Send(HttpMethod.Post, "/ops/logout", new() { ["form"] = OpsBrowser.Hidden(home) }, ("Sec-Fetch-Site", "cross-site")))
            .Expect(400);
        (await browser.Get(Data)).Expect(200);
        (await browser.Send(HttpMethod.Post, "/ops/logout", new() { ["form"] = OpsBrowser.Hidden(home) })).Expect(303);

        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
        (await browser.Get(Data)).ExpectProblem(401, "unauthenticated");
        browser.Cookies[Cookie] = copy;
        (await browser.Get(Data)).ExpectProblem(401, "unauthenticated");
        (await browser.Send(HttpMethod.Post, "/ops/logout")).Expect(303);
    }

    private static Dictionary<string, string> Filled(string form) =>
        new() { ["form"] = form, ["email"] = ApiSite.Admin.Email, ["password"] = ApiSite.Admin.Password };

    private static Tms.Api.Hosting.ApiSettings OfOps(Tms.Api.Hosting.ApiSettings settings) =>
        settings with { Tokens = (settings.Tokens.Issuer, settings.Tokens.Audience + "/ops") };
}
