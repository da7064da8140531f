using Tms.EndToEnd.Tests.Auth;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>More than one person runs the platform.</summary>
public sealed class AdministratorTests
{
    private const string Administrators = "/api/v2/admin/administrators";
    private const string Email = "kari.drift@tms.example";
    private const string Password = "en egen god setning 9";

    [Fact]
    public async Task An_administrator_invites_another_all_are_told_and_the_last_one_stays()
    {
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Host();
        var anonymous = new Client(() => api.Http);
        var first = anonymous.With(
            (await anonymous.Post("/api/v2/auth/login", new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
                .Expect(200)["accessToken"].GetString());
        var firstId = (await first.Get("/api/v2/users/profile")).Expect(200).Id;
        var outbox = new Outbox(site.DataPath);

        (await first.Post(Administrators, new { email = "nobody" })).ExpectProblem(422, "validation_failed");
        (await first.Post(Administrators, new { email = ApiSite.Admin.Email })).ExpectProblem(409, "already_member");
        var invited = (await first.Post(Administrators, new { email = Email })).Expect(201);
        Assert.Equal($"{Administrators}/{invited.Id}", invited.Header("Location"));
        Assert.Equal("open", (await first.Get($"{Administrators}/{invited.Id}")).Expect(200)["status"].GetString());
        var token = Outbox.Token(await outbox.Next(Email, "Invitasjon"));
        var joined = (await anonymous.Post(
            "/api/v2/auth/register", new { invitationToken = token, firstName = "Kari", lastName = "Drift", password = Password }))
            .Expect(201);
        Assert.Equal("ADMIN", joined["user"].GetProperty("role").GetString());
        var second = anonymous.With(joined["accessToken"].GetString());
        (await second.Get("/api/v2/admin/cluster")).Expect(200);
        Assert.Contains(Email, (await outbox.Next(ApiSite.Admin.Email, "Ny administrator")).TextBody!, StringComparison.Ordinal);

        var withdrawn = (await second.Post(Administrators, new { email = "ola.drift@tms.example" })).Expect(201).Id;
        (await second.Delete($"{Administrators}/{withdrawn}")).Expect(204);

        var answers = await Task.WhenAll(End(first, invited.Id), End(second, firstId));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Single(answers, answer => answer.Status is 401 or 403 or 409);
    }

    [Fact]
    public async Task Leaders_are_told_of_a_key_and_who_names_a_company_has_no_administrators()
    {
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Host();
        var anonymous = new Client(() => api.Http);
        var company = await Companies.Register(anonymous);
        var admin = anonymous.With(
            (await anonymous.Post("/api/v2/auth/login", new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
                .Expect(200)["accessToken"].GetString());
        (await admin.For(company.Id).Post(Administrators, new { email = Email })).ExpectProblem(404, "not_found");
        (await company.Lead.Post(Administrators, new { email = Email })).ExpectProblem(403, "forbidden");
        (await company.Lead.Post("/api/v2/api-keys", new { name = "Lønnssystem", scopes = (string[])["economy:read"] })).Expect(201);
        var mail = await new Outbox(site.DataPath).Next(company.Email, "Ny API-nøkkel");
        Assert.Contains("Kari Nordmann", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("«Lønnssystem»", mail.TextBody!, StringComparison.Ordinal);
    }

    private static Task<Answer> End(Client by, Guid user) =>
        by.Patch($"/api/v2/users/{user}/status", new { isActive = false }, ("If-Match", "*"));
}
