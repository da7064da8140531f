using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Modules;

/// <summary>Companies as those see them who run the platform, and what they activate.</summary>
public abstract class CompanyTests(ApiFixture api)
{
    private const string All = "/api/v2/companies";
    private const string Invoices = "/api/v2/economy/invoices";
    private static readonly string[] Unknown = ["SAUNA"];

    [Fact]
    public async Task An_administrator_makes_a_company_once_and_finds_it_in_the_list()
    {
        var (key, body) = (
            ("Idempotency-Key", Some.Key()), new
            {
                name = "Nord AS",
                organisationNumber = Some.OrganisationNumber(),
                address = new { street = "Havna 1", postalCode = "9008", city = "Tromsø", country = "NO" }
            });
        var made = (await api.Admin.Post(All, body, key)).Expect(201);
        Assert.Equal(("[]", "\"1\"", $"{All}/{made.Id}"), (made["modules"].GetRawText(), made.ETag, made.Header("Location")));
        var again = (await api.Admin.Post(All, body, key)).Expect(201);
        Assert.Equal((made.Body, true), (again.Body, again.IsReplay));
        (await api.Admin.Post(All, new { name = "Sør AS", organisationNumber = Some.OrganisationNumber() }, key))
            .ExpectProblem(422, "idempotency_key_reused");
        Assert.NotEqual(made.Id, (await api.Admin.Post(All, body)).Expect(201).Id);

        Assert.Contains(made.Id, await Listed(limit: 3));
        Assert.Equal("""[]""", (await api.Admin.For(made.Id).Get("/api/v2/users/company")).Expect(200)["items"].GetRawText());
        (await api.Admin.For(made.Id).Get(Invoices)).ExpectProblem(403, "module_not_active");
        (await api.Admin.Post(All, new { name = "", organisationNumber = "123" })).ExpectProblem(422, "validation_failed");
    }

    [Fact]
    public async Task Modules_open_and_close_with_the_next_request()
    {
        var company = await api.NewCompany();
        var modules = $"{All}/{company.Id}/modules";
        var view = (await company.Lead.Get(modules)).Expect(200);
        Assert.Equal("""["ECONOMY","HR","QUIZ","SIKKERHETSKONTROLL"]""", view["modules"].GetRawText());
        (await company.Lead.Put(modules, new { modules = Array.Empty<string>() }, ("If-Match", "*"))).ExpectProblem(403, "forbidden");
        (await api.Admin.Put(modules, new { modules = Array.Empty<string>() })).ExpectProblem(428, "precondition_required");
        (await api.Admin.Put(modules, new { modules = Unknown }, ("If-Match", "*"))).ExpectProblem(422, "validation_failed");
        (await company.Lead.Get(Invoices)).Expect(200);

        var without = (await api.Admin.PutText(
            modules, view.Body.Replace("\"ECONOMY\",", "", StringComparison.Ordinal), ("If-Match", view.ETag!))).Expect(200);
        Assert.Equal("""["HR","QUIZ","SIKKERHETSKONTROLL"]""", without["modules"].GetRawText());
        (await company.Lead.Get(Invoices)).ExpectProblem(403, "module_not_active");
        (await company.Lead.Post(Invoices, Some.Invoice())).ExpectProblem(403, "module_not_active");
        Assert.Equal(403, (await company.Lead.Get("/api/v1/economy/invoices")).Status);
        Assert.Equal(
            ["error", "code", "timestamp", "path"],
            (await company.Lead.Get("/api/v1/economy/invoices")).Json.EnumerateObject().Select(p => p.Name));
        (await company.Lead.Get("/api/v2/users/company")).Expect(200);
        Assert.Equal(without.Body, (await company.Lead.Get(modules)).Expect(200).Body);

        await api.SetModules(company, "ECONOMY");
        (await company.Lead.Get(Invoices)).Expect(200);
    }

    [Fact]
    public async Task Live_events_stop_with_their_module_and_go_on_with_it()
    {
        var company = await api.NewCompany();
        await using var live = await LiveClient.Connect(api.Process.Http, company.Lead.Token);
        (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        await live.Until(all => all.Any(r => r.Target == "event" && r.Type == "INVOICE_CREATED"));
        await api.SetModules(company, "HR");
        await api.SetModules(company, "HR", "ECONOMY");
        (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        await live.Reached((await LiveClient.Head(api.Process.Http, company.Lead.Token)).Position);
        Assert.Equal(2, live.Of("event").Count(e => e.Type == "INVOICE_CREATED"));
        Assert.Equal(4, live.Of("event").Count(e => e.Type is "SERVICE_DEACTIVATED" or "SERVICE_ACTIVATED"));
        Assert.Empty(live.Of("resync"));
    }

    [Fact]
    public async Task The_old_words_do_the_same_and_lose_nothing_that_they_have_no_word_for()
    {
        var company = await api.NewCompany();
        var path = $"/api/v1/companies/{company.Id}";
        var now = (await company.Lead.Get($"{All}/{company.Id}")).Expect(200);
        (await company.Lead.Put($"{All}/{company.Id}", new
        {
            name = "Fjord AS",
            organisationNumber = now["organisationNumber"].GetString(),
            vatRegistered = false,
            bankAccount = "86011117947",
            address = new { street = "Kaia 1", postalCode = "111 22", city = "Stockholm", country = "SE" },
        }, ("If-Match", now.ETag!))).Expect(200);

        var old = (await company.Lead.Get(path)).Expect(200);
        Assert.Equal(
            [
                "id", "navn", "organisasjonsnummer", "adresse", "postnummer", "poststed", "telefon", "email", "isActive", "createdAt",
                "updatedAt"], old.Json.EnumerateObject().Select(p => p.Name));
        var changed = (await company.Lead.PutText(path, old.Body.Replace("Kaia 1", "Kaia 2", StringComparison.Ordinal))).Expect(200);
        Assert.Equal("Kaia 2", changed["adresse"].GetString());
        var kept = (await company.Lead.Get($"{All}/{company.Id}")).Expect(200);
        Assert.Equal((false, "86011117947", "SE", "Kaia 2"),
            (
                kept["vatRegistered"].GetBoolean(), kept["bankAccount"].GetString(), kept["address"].GetProperty("country")
                    .GetString(), kept["address"].GetProperty("street").GetString()));
        Assert.Equal(
            ["organisasjonsnummer"],
            (await company.Lead.Put(path, new { navn = "Fjord AS", organisasjonsnummer = Some.OrganisationNumber() })).Expect(400).Fields);
        (await company.Lead.Put(
            path, new { navn = "Fjord AS", organisasjonsnummer = now["organisationNumber"].GetString() }, ("If-Match", "\"1\"")))
            .Expect(412);
        var list = (await api.Admin.Get("/api/v1/companies?limit=2")).Expect(200);
        Assert.Equal((2, true), (list["data"].GetArrayLength(), list["pagination"].GetProperty("total").GetInt64() >= 2));
    }

    private async Task<List<Guid>> Listed(int limit)
    {
        var (found, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await api.Admin.Get($"{All}?limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}"))
                .Expect(200);
            found.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"] is { ValueKind: JsonValueKind.String } next ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(found.Distinct().Count(), found.Count);
        return found;
    }
}

[Collection(SqliteCollection.Name)]
public sealed class CompaniesOnSqlite(SqliteApi api) : CompanyTests(api);

[Collection(PostgresCollection.Name)]
public sealed class CompaniesOnPostgres(PostgresApi api) : CompanyTests(api);
