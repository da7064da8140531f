using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Users;

/// <summary>What those who manage users do to them, and when it holds.</summary>
public abstract class UserAccessTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task A_user_is_shown_to_whoever_manages_users_and_to_itself()
    {
        var company = await api.NewCompany();
        var trainee = await Colleague.Join(api.Anonymous, company, "ELEV");
        foreach (var client in (Client[])[company.Lead, trainee.Client, api.Admin.For(company.Id)])
        {
            var user = (await client.Get($"/api/v2/users/{trainee.Id}")).Expect(200);
            Assert.Equal((trainee.Id, "ELEV", "\"1\""), (user.Id, user["role"].GetString(), user.ETag));
            Assert.Equal((0, 0), (user["recentQuizzes"].GetArrayLength(), user["recentChecks"].GetArrayLength()));
        }

        (await trainee.Client.Get($"/api/v2/users/{company.LeadId}")).ExpectProblem(403, "forbidden");
        await OnlyWithACompany($"/api/v2/users/{trainee.Id}");
        Assert.Equal(api.AdminId, (await api.Admin.Get($"/api/v2/users/{api.AdminId}")).Expect(200).Id);
        var profile = (await trainee.Client.Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal("""{"completedQuizzes":0,"completedControls":0}""", profile["statistics"].GetRawText());
    }

    // An ADMIN who names no company could mean one of the platform: 404 would tell a lie of one that is listed.
    private async Task OnlyWithACompany(string user)
    {
        foreach (var path in (string[])["", "/export"]) (await api.Admin.Get(user + path)).ExpectProblem(400, "company_required");
        foreach (var path in (string[])["", "/sessions", "/second-factor"])
            (await api.Admin.Delete(user + path)).ExpectProblem(400, "company_required");
        foreach (var (path, body) in ((string, object)[])[("/status", new { isActive = false }), ("/role", new { role = "BRUKER" })])
            (await api.Admin.Patch(user + path, body, ("If-Match", "\"1\""))).ExpectProblem(400, "company_required");
    }

    [Fact]
    public async Task A_companys_users_are_listed_searched_and_counted()
    {
        var company = await api.NewCompany();
        foreach (var role in (string[])["ELEV", "BRUKER"]) await Colleague.Join(api.Anonymous, company, role);
        var first = (await company.Lead.Get("/api/v2/users/company?limit=2&includeTotal=true")).Expect(200);
        Assert.Equal((2, 3), (first["items"].GetArrayLength(), first["total"].GetInt32()));
        var rest = (await company.Lead.Get(
            $"/api/v2/users/company?limit=2&cursor={Uri.EscapeDataString(first["nextCursor"].GetString()!)}")).Expect(200);
        Assert.Equal((1, JsonValueKind.Null), (rest["items"].GetArrayLength(), rest["nextCursor"].ValueKind));
        Assert.Equal(2, (await company.Lead.Get("/api/v2/users/company?search=ola&includeTotal=true")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_role_holds_with_the_next_request_and_the_next_token_says_it()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        (await person.Client.Get(Invoices)).Expect(200);

        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ELEV" })).ExpectProblem(428, "precondition_required");
        var changed = (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ELEV" }, ("If-Match", "\"1\"")))
            .Expect(200);
        Assert.Equal(("ELEV", 2, "\"2\""), (changed["role"].GetString(), changed.Version, changed.ETag));

        (await person.Client.Get(Invoices)).ExpectProblem(401, "unauthenticated");
        var now = await person.Refreshed(api.Anonymous);
        (await now.Get(Invoices)).ExpectProblem(403, "forbidden");
        (await now.Get("/api/v2/users/profile")).Expect(200);
        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "BRUKER" }, ("If-Match", "\"1\"")))
            .ExpectProblem(412, "precondition_failed");
    }

    [Fact]
    public async Task A_token_made_right_after_a_change_holds_and_one_made_before_does_not()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        foreach (var role in (string[])["ELEV", "BRUKER", "HOVEDBRUKER", "BRUKER"])
        {
            var before = await Companies.LogIn(api.Anonymous, person.Email);
            (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role }, ("If-Match", "*"))).Expect(200);
            var after = await Companies.LogIn(api.Anonymous, person.Email);
            (await before.Get("/api/v2/users/profile")).Expect(401);
            Assert.Equal(role, (await after.Get("/api/v2/users/profile")).Expect(200)["role"].GetString());
        }
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_back_when_activated()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        var status = $"/api/v2/users/{person.Id}/status";
        Assert.False((await company.Lead.Patch(status, new { isActive = false }, ("If-Match", "*"))).Expect(200)["isActive"].GetBoolean());

        (await person.Client.Get("/api/v2/users/profile")).Expect(401);
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = person.RefreshToken })).Expect(401);
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = person.Email, password = Company.Password })).Expect(401);

        (await company.Lead.Patch(status, new { isActive = true }, ("If-Match", "*"))).Expect(200);
        (await (await Companies.LogIn(api.Anonymous, person.Email)).Get(Invoices)).Expect(200);
        (await person.Client.Get("/api/v2/users/profile")).Expect(401);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have_or_locks_themselves_out()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        var any = ("If-Match", "*");
        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ADMIN" }, any)).ExpectProblem(422, "validation_failed");
        (await api.Admin.For(company.Id).Patch($"/api/v2/users/{person.Id}/role", new { role = "ADMIN" }, any))
            .ExpectProblem(422, "validation_failed");
        (await company.Lead.Patch($"/api/v2/users/{company.LeadId}/role", new { role = "BRUKER" }, any)).ExpectProblem(409, "own_role");
        (await company.Lead.Patch($"/api/v2/users/{company.LeadId}/status", new { isActive = false }, any))
            .ExpectProblem(409, "own_status");
        (await api.Admin.Patch($"/api/v2/users/{api.AdminId}/status", new { isActive = false }, any)).ExpectProblem(409, "own_status");
        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "KONGE" }, any)).ExpectProblem(422, "validation_failed");
        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ELEV", companyId = company.Id }, any))
            .ExpectProblem(422, "validation_failed");
        Assert.Equal(1, (await company.Lead.Get($"/api/v2/users/{person.Id}")).Expect(200).Version);
    }

    [Fact]
    public async Task A_profile_carries_no_role_company_or_status_in()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "ELEV");
        var other = Guid.NewGuid();
        // What a GET shows can be sent back: the read-only names are passed over there, and change nothing.
        (await person.Client.Put(
            "/api/v2/users/profile",
            new
            {
                firstName = "Eva",
                lastName = "Ås",
                role = "ADMIN",
                companyId = other,
                isActive = false,
                email = Some.Email(),
                statistics = new { }
            }, ("If-Match", "*"))).Expect(200);
        (await person.Client.Put(
            "/api/v1/users/profile",
            new { fornavn = "Eva", etternavn = "Ås", rolle = "ADMIN", bedrift = new { id = other }, isActive = false })).Expect(200);
        (await person.Client.Put("/api/v2/users/profile", new { firstName = "Eva", lastName = "Ås", isAdmin = true }, ("If-Match", "*")))
            .ExpectProblem(422, "validation_failed");
        (await person.Client.Put("/api/v1/users/profile", new { fornavn = "Eva", etternavn = "Ås", role = "ADMIN" })).Expect(400);
        var user = (await company.Lead.Get($"/api/v2/users/{person.Id}")).Expect(200);
        Assert.Equal(("Eva", "ELEV", company.Id, true, person.Email),
            (
                user["firstName"].GetString(), user["role"].GetString(), user["companyId"].GetGuid(), user["isActive"].GetBoolean(),
                user["email"].GetString()));
        foreach (var field in (string[])["role", "companyId", "isActive"])
        {
            var text = $$"""
                {"company":{"name":"A","organisationNumber":"{{Some.OrganisationNumber()}}"},"firstName":"A","lastName":"B",
                "email":"{{Some.Email()}}","password":"{{Company.Password}}","{{field}}":"ADMIN"}
                """;
            Assert.Equal(
                ["/" + field],
                (await api.Anonymous.PostText("/api/v2/auth/register", text)).ExpectProblem(422, "validation_failed").Fields);
        }
    }

    [Fact]
    public async Task The_old_words_do_the_same()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        var put = (await person.Client.Put(
            "/api/v1/users/profile",
            new
            {
                fornavn = "Kåre",
                etternavn = "Ås",
                telefon = "+47 22 33 44 55",
                adresse = "Havnegata 1",
                postnummer = "6002",
                poststed = "Ålesund"
            })).Expect(200);
        var got = (await person.Client.Get("/api/v1/users/profile")).Expect(200);
        Assert.Equal(put.Body, got.Body);
        Assert.Equal(("Kåre", "6002", "Ålesund"), (got["fornavn"].GetString(), got["postnummer"].GetString(), got["poststed"].GetString()));
        Assert.Equal("""{"completedQuizzes":0,"completedControls":0}""", got["statistics"].GetRawText());
        Assert.Equal("NO", (await person.Client.Get("/api/v2/users/profile")).Expect(200)["address"].GetProperty("country").GetString());

        var found = (await company.Lead.Get("/api/v1/users/company?search=k%C3%A5&limit=1")).Expect(200);
        Assert.Equal("""{"page":1,"limit":1,"total":1,"totalPages":1}""", found["pagination"].GetRawText());
        Assert.Equal(
            (person.Id, JsonValueKind.Undefined),
            (
                found["data"][0].GetProperty("id").GetGuid(), found["data"][0].TryGetProperty("statistics", out var shown)
                    ? shown.ValueKind
                    : default));

        Assert.False(
            (await company.Lead.Patch($"/api/v1/users/{person.Id}/status", new { isActive = false })).Expect(200)["isActive"].GetBoolean());
        (await person.Client.Get("/api/v1/users/profile")).Expect(401);
    }
}

[Collection(SqliteCollection.Name)]
public sealed class UserAccessOnSqlite(SqliteApi api) : UserAccessTests(api);

[Collection(PostgresCollection.Name)]
public sealed class UserAccessOnPostgres(PostgresApi api) : UserAccessTests(api);
