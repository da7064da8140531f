using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Operations;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing.Files;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Persons;

/// <summary>A person who was erased is nowhere any more, and everything else is as it was.</summary>
public abstract class ErasureTests
{
    private const string Password = "en ganske lang setning 9";

    [Fact]
    public async Task An_erased_person_is_nowhere_and_everything_else_is_as_it_was()
    {
        using var site = await NewSite();
        var marker = new Marker();
        await using (var api = await site.Start())
        {
            var anonymous = new Client(() => api.Http);
            var company = await Companies.Register(anonymous);
            await using var live = await LiveClient.Connect(api.Http, company.Lead.Token);
            var (id, person) = await Hired(api, company, marker);
            await Works(person, marker);
            await live.Until(
                all => all.Any(r => r.Target == "event" && r.Type == "USER_UPDATED" && marker.StandsIn(r.Payload.GetRawText())));
            Assert.Equal(["reservations", "users"], await Traces.InTables(marker, site));
            Assert.True(marker.StandsIn((await company.Lead.Get($"/api/v2/users/{id}/export")).Expect(200).Body));

            var report = (await Erase(company.Lead, id)).Expect(200);

            Assert.Empty(await Traces.Of(marker, site));
            await IsGone(api, company, (id, person), marker);
            Assert.Equal(report.Body, (await Erase(company.Lead, id)).Expect(200).Body);
            await RebuiltIsLive(anonymous, site);
            Assert.Empty(await Traces.Of(marker, site));
            await Register(company, $"{marker.Text}@tms.example", "Another", "One");
            Assert.Equal(0, await api.Stop());
            Assert.False(marker.StandsIn(api.Output));
        }

        var given = site.Settings();
        var (code, output) = await ApiInside.RunToEnd(given with { Arguments = ["verify", .. given.Arguments], Program = ApiProgram.Silo });
        Assert.True(code == 0 && output.Contains("all sound", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task Who_was_erased_after_a_backup_is_erased_again_when_it_is_restored()
    {
        using var site = await NewSite();
        using var backups = new TempFolder();
        var marker = new Marker();
        Company company;
        string backup;
        await using (var api = await site.Host())
        {
            company = await Companies.Register(new(() => api.Http));
            var (id, person) = await Hired(api, company, marker);
            await Works(person, marker);
            backup = await OperatorScript.Backup(site, backups.FullName);
            (await Erase(company.Lead, id)).Expect(200);
            Assert.Equal(0, await api.Stop());
        }

        var (code, output) = await OperatorScript.Run(site, "restore", backup, "--replace");
        Assert.True(code == 0, output);
        Assert.Contains("1 persons are erased again, 0 were erased already, 0 are not in this database", output, StringComparison.Ordinal);
        Assert.Empty(await Traces.Of(marker, site));

        await using var restored = await site.Host();
        (await new Client(() => restored.Http).Post(
            "/api/v2/auth/login", new { email = $"{marker.Text}@tms.example", password = Password })).Expect(401);
        var lead = await Companies.LogIn(new(() => restored.Http), company.Email);
        Assert.False(marker.StandsIn((await lead.Get("/api/v2/users/company")).Expect(200).Body));
        await Register(company with { Lead = lead }, $"{marker.Text}@tms.example", "Another", "One");
    }

    [Fact]
    public async Task Only_who_manages_users_erases_and_never_oneself_and_a_person_exports_itself()
    {
        using var site = await NewSite();
        await using var api = await site.Host();
        var anonymous = new Client(() => api.Http);
        var (company, other) = (await Companies.Register(anonymous), await Companies.Register(anonymous));
        var (id, person) = await Hired(api, company, new Marker());

        (await Erase(person, company.LeadId)).Expect(403);
        (await Erase(company.Lead, company.LeadId)).Expect(409);
        (await Erase(other.Lead, id)).Expect(404);
        (await Erase(company.Lead, Guid.NewGuid())).Expect(404);
        (await other.Lead.Get($"/api/v2/users/{id}/export")).Expect(404);
        (await person.Get($"/api/v2/users/{company.LeadId}/export")).Expect(403);

        var own = (await person.Get($"/api/v2/users/{id}/export")).Expect(200);
        Assert.Equal(own["user"].GetProperty("email").GetString(), own["events"][0].GetProperty("data").GetProperty("email").GetString());
        Assert.Single(own["sessions"].EnumerateArray());

        var admin = await Companies.LogIn(anonymous, ApiSite.Admin.Email, ApiSite.Admin.Password);
        (await admin.Get($"/api/v2/users/{id}/export")).ExpectProblem(400, "company_required");
        (await admin.For(company.Id).Get($"/api/v2/users/{id}/export")).Expect(200);
        (await Erase(admin.For(company.Id), id)).Expect(200);
    }

    internal abstract Task<ApiSite> NewSite();

    private static async Task<(Guid Id, Client Person)> Hired(RunningApi api, Company company, Marker marker)
    {
        var email = $"{marker.Text}@tms.example";
        var id = await Register(company, email, marker.Text, marker.Text.ToUpperInvariant());
        return (id, await Companies.LogIn(new(() => api.Http), email, Password));
    }

    private static async Task<Guid> Register(Company company, string email, string first, string last) =>
        (await company.Lead.Post("/api/v1/auth/register", new
        {
            email,
            password = Password,
            fornavn = first,
            etternavn = last,
            rolle = "BRUKER",
            bedriftId = company.Id,
        })).Expect(201)["user"].GetProperty("id").GetGuid();

    private static async Task Works(Client person, Marker marker)
    {
        var profile = new
        {
            firstName = marker.Text,
            lastName = "Vik",
            phone = "22334455",
            address = new { street = marker.Text, postalCode = "0155", city = marker.Text, country = "NO" }
        };
        (await person.Put("/api/v2/users/profile", profile, ("If-Match", "\"1\""))).Expect(200);
        (await person.Put("/api/v2/users/profile", profile with { lastName = marker.Text }, ("If-Match", "\"2\""))).Expect(200);
        (await person.Post(LiveWork.Invoices, Some.Invoice())).Expect(201);
    }

    private static async Task<Answer> Erase(Client by, Guid id) => await by.Send(HttpMethod.Delete, $"/api/v2/users/{id}", null);

    private static async Task IsGone(RunningApi api, Company company, (Guid Id, Client Client) person, Marker marker)
    {
        var users = (await company.Lead.Get("/api/v2/users/company")).Expect(200);
        Assert.Contains(person.Id.ToString(), users.Body, StringComparison.Ordinal);
        Assert.False(marker.StandsIn(users.Body));
        var export = (await company.Lead.Get($"/api/v2/users/{person.Id}/export")).Expect(200);
        Assert.False(marker.StandsIn(export.Body));
        Assert.Contains(export["actions"].EnumerateArray(), a => a.GetProperty("type").GetString() == "INVOICE_CREATED");
        (await person.Client.Get("/api/v2/users/profile")).Expect(401);
        var login = new { email = $"{marker.Text}@tms.example", password = Password };
        var unknown = new { email = Some.Email(), password = Password };
        var anonymous = new Client(() => api.Http);
        Assert.Equal(
            (await anonymous.Post("/api/v2/auth/login", unknown)).Expect(401).Code,
            (await anonymous.Post("/api/v2/auth/login", login)).Expect(401).Code);

        await using var resumed = await LiveClient.Connect(
            api.Http, company.Lead.Token, $"?since=0&epoch={(await LiveClient.Head(api.Http, company.Lead.Token)).Epoch}");
        var seen = await resumed.Until(all => all.Any(r => r.Target == "event" && r.Type == "USER_ERASED"));
        Assert.Contains(
            seen,
            r => r.Target == "event" && r.Type == "USER_REGISTERED"
                && r.Payload.GetRawText().Contains(person.Id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(seen, r => marker.StandsIn(r.Payload.GetRawText()));
    }

    private static async Task RebuiltIsLive(Client anonymous, ApiSite site)
    {
        var live = await Traces.Rows("users", site);
        var admin = await Companies.LogIn(anonymous, ApiSite.Admin.Email, ApiSite.Admin.Password);
        (await admin.Post("/api/v2/admin/projections/users/rebuild")).Expect(202);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await admin.Get("/api/v2/admin/projections")).Expect(200)["items"].EnumerateArray()
            .Any(p => p.GetProperty("rebuild").GetProperty("state").GetString() == "running"))
        {
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(live, await Traces.Rows("users", site));
    }
}

public sealed class SqliteErasureTests : ErasureTests
{
    internal override Task<ApiSite> NewSite() => ApiSite.OnSqlite();
}

public sealed class PostgresErasureTests : ErasureTests
{
    internal override Task<ApiSite> NewSite() => ApiSite.OnPostgres();
}
