using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>What becomes of live connections when the session under them ends.</summary>
[Collection(SqliteCollection.Name)]
public sealed class SessionLiveTests(SqliteApi api)
{
    [Fact]
    public async Task A_logout_closes_the_sessions_connections_and_no_others()
    {
        var company = await api.NewCompany();
        var login = await LogIn(company);
        await using var live = await LiveClient.Connect(api.Process.Http, login["accessToken"].GetString());
        await using var other = await LiveClient.Connect(api.Process.Http, company.Lead.Token);
        await live.Connected();
        await other.Connected();
        (await api.Anonymous.Post("/api/v2/auth/logout", new { refreshToken = login["refreshToken"].GetString() })).Expect(204);
        await live.Closed();
        await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice());
        Assert.Equal("INVOICE_CREATED", (await other.First("event")).Type);
    }

    [Fact]
    public async Task A_session_that_is_ended_from_another_closes_its_connections_and_a_reset_closes_all()
    {
        var company = await api.NewCompany();
        var login = await LogIn(company);
        await using var live = await LiveClient.Connect(api.Process.Http, login["accessToken"].GetString());
        await using var other = await LiveClient.Connect(api.Process.Http, company.Lead.Token);
        await live.Connected();
        await other.Connected();
        var sessions = (await company.Lead.Get("/api/v2/auth/sessions")).Expect(200)["items"].EnumerateArray();
        var ended = sessions.Single(item => !item.GetProperty("isCurrent").GetBoolean()).GetProperty("id").GetGuid();
        (await company.Lead.Send(HttpMethod.Delete, $"/api/v2/auth/sessions/{ended}", null)).Expect(204);
        await live.Closed();

        await api.Anonymous.Post("/api/v2/auth/password/forgot", new { email = company.Email });
        var token = Outbox.Token(await new Outbox(api.Site.DataPath).Next(company.Email, "Nytt passord"));
        (await api.Anonymous.Post("/api/v2/auth/password/reset", new { token, newPassword = "en helt annen setning 8" })).Expect(204);
        await other.Closed();
    }

    private async Task<Answer> LogIn(Company company) =>
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = company.Email, password = Company.Password })).Expect(200);
}
