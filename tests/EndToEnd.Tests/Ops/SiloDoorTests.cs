using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Ops;

/// <summary>A silo's own port: it shows the way to the dashboard, and nothing of it.</summary>
public sealed class SiloDoorTests
{
    private static readonly string[] Doors = ["/", "/dashboard", "/dashboard/"];

    [Fact]
    public async Task Whoever_looks_for_the_dashboard_at_a_silo_is_sent_to_where_its_login_is()
    {
        using var site = await ApiSite.OnSqlite();
        await using var silo = await Start(site, "--Tms:PublicUrl=https://drift.example/tms/");
        using var browser = new OpsBrowser(silo.Http.BaseAddress!);
        foreach (var door in Doors)
        {
            var answer = (await browser.Get(door)).Expect(302);
            Assert.Equal("https://drift.example/tms/ops/orleans", answer.Header("Location"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            (await browser.Send(HttpMethod.Post, door)).Expect(405);
        }

        (await browser.Send(HttpMethod.Head, "/")).Expect(302);
        foreach (var other in (string[])["/index.html", "/dashboard/DashboardCounters", "/DashboardCounters", "/ops/orleans"])
            (await browser.Get(other)).Expect(404);
    }

    [Fact]
    public async Task A_silo_without_dashboard_says_how_to_switch_it_on()
    {
        using var site = await ApiSite.OnSqlite();
        await using var silo = await Start(site, "--Tms:Dashboard:Enabled=false");
        using var browser = new OpsBrowser(silo.Http.BaseAddress!);
        foreach (var door in Doors)
        {
            var answer = (await browser.Get(door)).ExpectProblem(404, "not_found");
            Assert.Contains("Tms:Dashboard:Enabled=true", answer["detail"].GetString(), StringComparison.Ordinal);
            Assert.Contains("http://localhost:8000/ops/orleans", answer["detail"].GetString(), StringComparison.Ordinal);
        }
    }

    private static Task<ApiInside> Start(ApiSite site, string setting) =>
        ApiInside.Start(site.Settings(setting) with { Program = ApiProgram.Silo });
}
