using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Ops;

/// <summary>The Orleans dashboard: closed to all but an administrator of the platform, in every part of it.</summary>
[Collection(SqliteCollection.Name)]
public sealed class DashboardTests(SqliteApi api)
{
    private const string Dashboard = OpsBrowser.Dashboard;

    // Every address of the dashboard, with the values that its own script gives.
    private static readonly string[] Pages = [$"{Dashboard}/", $"{Dashboard}/index.html"];

    private static readonly string[] Parts =
    [
        $"{Dashboard}/index.min.js", $"{Dashboard}/index.css", $"{Dashboard}/favicon.ico", $"{Dashboard}/version",
        $"{Dashboard}/DashboardCounters", $"{Dashboard}/ClusterStats",
        $"{Dashboard}/TopGrainMethods", $"{Dashboard}/GrainTypes", $"{Dashboard}/LifecycleStages", $"{Dashboard}/Reminders",
        $"{Dashboard}/Reminders/1",
    ];

    private Uri Node => api.Process.Http.BaseAddress!;

    [Fact]
    public async Task Without_a_login_a_browser_is_sent_to_it_and_data_is_refused()
    {
        using var browser = new OpsBrowser(Node);
        foreach (var page in Pages) Assert.Equal(OpsBrowser.Login, (await browser.Get(page)).Expect(302).Header("Location"));
        foreach (var part in Parts) (await browser.Get(part)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task An_administrator_who_logged_in_gets_every_part_and_nothing_is_kept()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        foreach (var path in Pages.Concat(Parts))
        {
            var answer = (await browser.Get(path)).Expect(200);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Contains("script-src 'self';", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        }

        Assert.Contains("hosts", (await browser.Get($"{Dashboard}/DashboardCounters")).Expect(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_roles_are_refused_by_token_and_get_no_cookie()
    {
        var company = await api.NewCompany();
        foreach (var role in (Role[])[Role.Elev, Role.Bruker, Role.Hovedbruker])
        {
            using var bearer = new OpsBrowser(Node);
            var token = ("Authorization", "Bearer " + api.As(role, company).Token);
            foreach (var path in Pages.Concat(Parts)) (await bearer.Get(path, token)).ExpectProblem(403, "forbidden");
        }

        using var lead = new OpsBrowser(Node);
        (await lead.LogIn(company.Email, Company.Password)).Expect(403);
        Assert.DoesNotContain("tms-ops", lead.Cookies.Keys);
    }

    [Fact]
    public async Task An_administrator_s_token_opens_it_without_a_cookie()
    {
        using var bearer = new OpsBrowser(Node);
        (await bearer.Get($"{Dashboard}/DashboardCounters", ("Authorization", "Bearer " + api.Admin.Token))).Expect(200);
        Assert.Empty(bearer.Cookies);
    }

    [Fact]
    public async Task What_grains_hold_and_what_is_logged_is_not_shown_to_anybody()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        foreach (var path in (string[])[
            "GrainState?grainId=1&grainType=Tms.Grains.Invoices.InvoiceGrain", "grainstate", "GrainState/", "Trace", "trace/",
            "SiloProperties/x"])
            (await browser.Get($"{Dashboard}/{path}")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_token_that_does_not_hold_opens_nothing_even_beside_a_cookie_that_does()
    {
        using var browser = await OpsBrowser.OfAdmin(Node);
        (await browser.Get($"{Dashboard}/DashboardCounters", ("Authorization", "Bearer nonsense"))).ExpectProblem(401, "unauthenticated");
    }
}
