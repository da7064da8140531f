using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.ApiKeys;

/// <summary>Another system calls with a company's key.</summary>
public abstract class ApiKeyTests(ApiFixture api)
{
    private const string Keys = "/api/v2/api-keys";
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task A_key_is_shown_once_and_listed_without_what_it_is_checked_with()
    {
        var company = await api.NewCompany();
        var made = (await company.Lead.Post(
            Keys, new { name = "Lønnssystem", scopes = Wire(Permission.EconomyRead, Permission.CompanyRead, Permission.EconomyRead) }))
            .Expect(201);
        var text = made["key"].GetString()!;
        Assert.Matches("^tms_[A-Za-z0-9_-]{91}$", text);
        Assert.Equal(["id", "name", "scopes", "createdBy", "createdAt", "version", "key"], made.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""["company:read","economy:read"]""", made["scopes"].GetRawText());

        var shown = (await company.Lead.Get($"{Keys}/{made.Id}")).Expect(200);
        Assert.Equal(
            ["id", "name", "scopes", "createdAt", "revokedAt", "version", "createdBy"], shown.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(company.LeadId, shown["createdBy"].GetGuid());
        var listed = (await company.Lead.Get(Keys)).Expect(200);
        Assert.Equal(shown.Body, listed["items"][0].GetRawText());
        var raw = (await api.Admin.Get($"/api/v2/admin/streams/{made.Id}")).Expect(200);
        Assert.All(
            (string[])[shown.Body, listed.Body, raw.Body], body => Assert.DoesNotContain(text[60..80], body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_does_what_it_may_and_stands_on_its_events()
    {
        var company = await api.NewCompany();
        var made = (await company.Lead.Post(
            Keys, new { name = "Nettbutikk", scopes = Wire(Permission.EconomyRead, Permission.EconomyDraft) })).Expect(201);
        var key = api.Anonymous.With(made["key"].GetString());
        var invoice = (await key.Post(Invoices, Some.Invoice(), ("Idempotency-Key", "n1"))).Expect(201);
        Assert.True((await key.Post(Invoices, Some.Invoice(), ("Idempotency-Key", "n1"))).Expect(201).IsReplay);
        (await key.Post($"{Invoices}/{invoice.Id}/send")).ExpectProblem(403, "forbidden");
        Assert.Equal(
            made.Id.ToString(),
            (await company.Lead.Get($"{Invoices}/{invoice.Id}/events")).Expect(200)["items"][0].GetProperty("actor").GetString());
        foreach (var path in (string[])[
            "/api/v2/users/profile", "/api/v1/users/profile", $"/api/v2/users/{made.Id}", "/api/v2/users/company", Keys,
            "/api/v2/admin/projections", $"/api/v2/companies/{company.Id}"])
            Assert.Equal(403, (await key.Get(path)).Status);
        Assert.Equal("forbidden", (await key.Get("/api/v1/users/profile")).Code);
        (await key.Get("/api/v1/economy/invoices")).Expect(200);
    }

    [Fact]
    public async Task A_key_follows_live_what_it_may_see()
    {
        var company = await api.NewCompany();
        var key = await api.Key(company, Permission.EconomyRead);
        await using var live = await LiveClient.Connect(api.Process.Http, key.Token);
        Assert.Equal(
            [$"company:{company.Id}"],
            (await live.Connected()).Payload.GetProperty("rooms").EnumerateArray().Select(room => room.GetString()));
        (await company.Lead.Post("/api/v2/users/invitations", new { email = Some.Email(), role = "ELEV" })).Expect(201);
        await LiveWork.SentAndPaid(company.Lead);
        await live.Reached((await LiveClient.Head(api.Process.Http, company.Lead.Token)).Position);
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], live.Of("event").Select(e => e.Type));
    }

    [Fact]
    public async Task A_revoked_key_is_out_with_the_next_request_and_its_connection_ends()
    {
        var company = await api.NewCompany();
        var made = (await company.Lead.Post(Keys, new { name = "x", scopes = Wire(Permission.EconomyRead) })).Expect(201);
        var key = api.Anonymous.With(made["key"].GetString());
        await using var live = await LiveClient.Connect(api.Process.Http, key.Token);
        (await key.Get(Invoices)).Expect(200);

        for (var n = 0; n < 2; n++) (await company.Lead.Delete($"{Keys}/{made.Id}")).Expect(204);

        (await key.Get(Invoices)).ExpectProblem(401, "unauthenticated");
        await live.Revoked();
        Assert.NotNull((await company.Lead.Get($"{Keys}/{made.Id}")).Expect(200)["revokedAt"].GetString());
    }

    [Fact]
    public async Task A_key_never_may_more_than_a_key_can_and_is_not_made_twice_by_a_repeat()
    {
        var company = await api.NewCompany();
        foreach (var scope in (Permission[])[
            Permission.UsersManage, Permission.ApiKeysManage, Permission.OwnProfile, Permission.PlatformAdmin, Permission.CompaniesManage,
            Permission.Live])
            Assert.Equal(
                ["/scopes"],
                (await company.Lead.Post(Keys, new { name = "x", scopes = Wire(scope) })).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/name", "/scopes"],
            (await company.Lead.Post(Keys, new { name = "", scopes = Array.Empty<string>() }))
                .ExpectProblem(422, "validation_failed").Fields.Order(StringComparer.Ordinal));
        (await company.Lead.Post(Keys, new { name = "x", scopes = Wire(Permission.EconomyRead) }, ("Idempotency-Key", "n1")))
            .ExpectProblem(400, "idempotency_key_not_taken");
        Assert.Equal(0, (await company.Lead.Get(Keys)).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_key_of_another_secret_or_company_opens_nothing()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        var (one, two) = ((await api.Key(company, Permission.EconomyRead)).Token!, (await api.Key(other, Permission.EconomyRead)).Token!);
        foreach (var text in (string[])[
            one[..^1] + (one[^1] == 'A' ? 'B' : 'A'), one[..50] + two[50..], one + "x", "tms_", "tms_" + new string('A', 91)])
            (await api.Anonymous.With(text).Get(Invoices)).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.With(one).For(other.Id).Get(Invoices)).ExpectProblem(404, "not_found");
        Assert.False((await api.Anonymous.Post("/api/v2/auth/verify", new { token = one })).Expect(200)["valid"].GetBoolean());
    }

    private static string[] Wire(params Permission[] scopes) => [.. scopes.Select(Granting.Wire)];
}

[Collection(SqliteCollection.Name)]
public sealed class ApiKeysOnSqlite(SqliteApi api) : ApiKeyTests(api);

[Collection(PostgresCollection.Name)]
public sealed class ApiKeysOnPostgres(PostgresApi api) : ApiKeyTests(api);
