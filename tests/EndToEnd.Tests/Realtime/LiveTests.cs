using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Realtime;

public abstract class LiveTests(ApiFixture api)
{
    private HttpClient Http => api.Process.Http;

    [Fact]
    public async Task A_second_client_sees_what_the_first_does_in_order()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, api.As(Role.Bruker, company).Token);
        var connected = await live.Connected();
        Assert.Equal(company.Id, connected.Payload.GetProperty("companyId").GetGuid());
        Assert.Equal(company.LeadId, connected.Payload.GetProperty("userId").GetGuid());
        Assert.Superset(new HashSet<string?> { $"user:{company.LeadId}", $"company:{company.Id}", "role:BRUKER" },
            connected.Payload.GetProperty("rooms").EnumerateArray().Select(r => r.GetString()).ToHashSet());
        var id = await LiveWork.SentAndPaid(company.Lead);
        var (head, epoch) = await LiveClient.Head(Http, company.Lead.Token);
        await live.Reached(head);
        var events = live.Of("event");
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal($"invoices/{id}", e.Subject));
        Assert.Equal(Enumerable.Range(1, 3).Select(n => connected.Position + n), live.Positions);
        Assert.Equal(epoch.Split('.')[0], live.Of("progress")[^1].Epoch.Split('.')[0]);
        Assert.Equal(["INVOICE_SENT", "INVOICE_PAID"], live.Of("INVOICE_STATUS_UPDATE_REALTIME").Select(e => e.Type));
    }

    [Fact]
    public async Task Economy_events_reach_only_who_may_read_them()
    {
        var company = await api.NewCompany();
        await using var trainee = await LiveClient.Connect(Http, api.As(Role.Elev, company).Token);
        await LiveWork.SentAndPaid(company.Lead);
        await trainee.Reached((await LiveClient.Head(Http, company.Lead.Token)).Position);
        Assert.Empty(trainee.Of("event"));
        Assert.Empty(trainee.Of("INVOICE_STATUS_UPDATE_REALTIME"));
        var view = (await company.Lead.Get($"/api/v2/companies/{company.Id}")).Expect(200);
        (await company.Lead.PutText(
            $"/api/v2/companies/{company.Id}", view.Body.Replace("Fjord Transport", "Fjell Transport", StringComparison.Ordinal),
            ("If-Match", view.ETag!))).Expect(200);
        Assert.Equal("COMPANY_UPDATED", (await trainee.First("event")).Type);
    }

    [Fact]
    public async Task A_login_is_told_to_the_user_who_logs_in_and_to_nobody_else()
    {
        var company = await api.NewCompany();
        await using var own = await LiveClient.Connect(Http, api.As(Role.Elev, company).Token);
        await using var boss = await LiveClient.Connect(Http, api.Token(Role.Hovedbruker, company.Id, Guid.CreateVersion7()));
        await Task.WhenAll(own.Connected(), boss.Connected());
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = company.Email, password = Company.Password })).Expect(200);

        var told = await own.First("event");
        Assert.Equal(("USER_LOGIN", $"logins/{company.LeadId}"), (told.Type, told.Subject));
        await boss.Reached(told.Payload.GetProperty("position").GetInt64());
        Assert.Empty(boss.Of("event"));
        Assert.DoesNotContain("USER_LOGIN", (await company.Lead.Get("/api/v2/audit?limit=100")).Expect(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_another_companys_events()
    {
        var (one, another) = (await api.NewCompany(), await api.NewCompany());
        await using var live = await LiveClient.Connect(Http, one.Lead.Token);
        await LiveWork.SentAndPaid(another.Lead);
        await LiveWork.SentAndPaid(one.Lead);
        await live.Reached((await LiveClient.Head(Http, one.Lead.Token)).Position);
        Assert.All(live.Of("event"), e => Assert.Equal(one.Id, e.Payload.GetProperty("companyid").GetGuid()));
        await live.Invoke("Subscribe", new { channels = new[] { $"company:{another.Id}", $"user:{another.LeadId}", "role:ADMIN" } });
        await live.Until(all => all.Count(r => r.Target == "error") == 3);
        Assert.All(live.Of("error"), e => Assert.Equal("channel_forbidden", e.Code));
    }

    [Fact]
    public async Task A_resume_brings_what_was_missed_first_in_order_and_once()
    {
        var company = await api.NewCompany();
        var (position, epoch) = await LiveClient.Head(Http, company.Lead.Token);
        for (var i = 0; i < 40; i++) await LiveWork.SentAndPaid(company.Lead);
        await using var live = await LiveClient.Connect(Http, company.Lead.Token, $"?since={position}&epoch={epoch}");
        await LiveWork.SentAndPaid(company.Lead);
        var head = (await LiveClient.Head(Http, company.Lead.Token)).Position;
        await live.Reached(head);
        Assert.Equal(123, head - position);
        Assert.Equal(Enumerable.Range(1, 123).Select(n => position + n), live.Positions);
    }

    [Fact]
    public async Task A_subscribe_with_since_goes_back_there()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        await LiveWork.SentAndPaid(company.Lead);
        var (head, epoch) = await LiveClient.Head(Http, company.Lead.Token);
        await live.Reached(head);
        await live.Invoke("Subscribe", new { channels = new[] { $"company:{company.Id}" }, since = 0, epoch });
        await live.Until(all => all.Count(r => r.Target == "event") == 3 + head);
        Assert.Equal(Enumerable.Range(1, (int)head).Select(n => (long)n), live.Positions[3..]);
    }

    [Theory]
    [InlineData("?since=0&epoch=01890000-0000-7000-8000-000000000000")]
    [InlineData("?since=0")]
    [InlineData("?since=999999&epoch={epoch}")]
    [InlineData("?since=-1&epoch={epoch}")]
    [InlineData("?since=99999999999999999999999&epoch={epoch}")]
    [InlineData("?since=0&epoch=%00")]
    public async Task A_resume_that_cannot_be_whole_is_a_resync(string query)
    {
        var company = await api.NewCompany();
        var (position, epoch) = await LiveClient.Head(Http, company.Lead.Token);
        await using var live =
            await LiveClient.Connect(Http, company.Lead.Token, query.Replace("{epoch}", epoch, StringComparison.Ordinal));
        var resync = await live.First("resync");
        Assert.Equal((position, epoch), (resync.Position, resync.Epoch));
        var id = await LiveWork.SentAndPaid(company.Lead);
        await live.Reached(position + 3);
        Assert.All(live.Of("event"), e => Assert.Equal($"invoices/{id}", e.Subject));
    }

    [Fact]
    public async Task A_role_that_has_widened_since_is_a_resync()
    {
        var company = await api.NewCompany();
        var (position, epoch) = await LiveClient.Head(Http, api.As(Role.Elev, company).Token);
        await using var live = await LiveClient.Connect(Http, company.Lead.Token, $"?since={position}&epoch={epoch}");
        Assert.Equal(position, (await live.First("resync")).Position);
    }

    [Fact]
    public async Task An_administrator_follows_the_company_it_names()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, api.Admin.Token, $"?companyId={company.Id}");
        await LiveWork.SentAndPaid(company.Lead);
        await live.Reached((await LiveClient.Head(Http, company.Lead.Token)).Position);
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], live.Of("event").Select(e => e.Type));
    }

    [Fact]
    public async Task Nobody_else_names_a_company()
    {
        var (one, another) = (await api.NewCompany(), await api.NewCompany());
        await using var live = new LiveClient(Http, one.Lead.Token, $"?companyId={another.Id}");
        await live.Start();
        Assert.Contains("company_forbidden", await live.Closed(), StringComparison.Ordinal);
        Assert.Empty(live.Of("connected"));
    }

    [Fact]
    public async Task A_renewed_token_keeps_the_connection()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(Http, company.Lead.Token);
        var renewed = (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }))
            .Expect(200)["accessToken"].GetString();
        await live.Invoke("RefreshToken", renewed);
        await LiveWork.SentAndPaid(company.Lead);
        await live.First("event");
    }
}

[Collection(SqliteCollection.Name)]
public sealed class LiveOnSqlite(SqliteApi api) : LiveTests(api);

[Collection(PostgresCollection.Name)]
public sealed class LiveOnPostgres(PostgresApi api) : LiveTests(api);
