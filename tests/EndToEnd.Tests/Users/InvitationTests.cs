using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Users;

/// <summary>Invitations as those who manage users see them.</summary>
public abstract class InvitationTests(ApiFixture api)
{
    private const string Invitations = "/api/v2/users/invitations";

    [Fact]
    public async Task An_invitation_is_listed_until_it_is_taken_back()
    {
        var company = await api.NewCompany();
        var email = Some.Email();
        var made = (await company.Lead.Post(Invitations, new { email = email.ToUpperInvariant(), role = "BRUKER" })).Expect(201);
        Assert.Equal(
            ["id", "email", "role", "status", "expiresAt", "createdAt", "version"], made.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            (email, "BRUKER", "open", "\"1\"", $"{Invitations}/{made.Id}"),
            (made["email"].GetString(), made["role"].GetString(), made["status"].GetString(), made.ETag, made.Header("Location")));
        Assert.InRange(
            made["createdAt"].GetDateTimeOffset().AddDays(7) - made["expiresAt"].GetDateTimeOffset(), TimeSpan.Zero,
            TimeSpan.FromSeconds(2));
        var second = (await company.Lead.Post(Invitations, new { email = Some.Email(), role = "ELEV" })).Expect(201);

        Assert.Equal([made.Id, second.Id], await Listed(company));
        Assert.Equal(made.Body, (await company.Lead.Get($"{Invitations}/{made.Id}")).Expect(200).Body);
        for (var n = 0; n < 2; n++) (await company.Lead.Delete($"{Invitations}/{made.Id}")).Expect(204);
        Assert.Equal([second.Id], await Listed(company));
        Assert.Equal("withdrawn", (await company.Lead.Get($"{Invitations}/{made.Id}")).Expect(200)["status"].GetString());
        (await company.Lead.Delete($"{Invitations}/{Guid.NewGuid()}")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_repeat_invites_once()
    {
        var company = await api.NewCompany();
        var (key, body) = (("Idempotency-Key", Some.Key()), new { email = Some.Email(), role = "ELEV" });
        var first = (await company.Lead.Post(Invitations, body, key)).Expect(201);
        var again = (await company.Lead.Post(Invitations, body, key)).Expect(201);
        Assert.Equal((first.Body, true), (again.Body, again.IsReplay));
        Assert.Equal([first.Id], await Listed(company));
    }

    [Fact]
    public async Task Faults_are_told_together_and_nobody_invites_above_themselves()
    {
        var company = await api.NewCompany();
        Assert.Equal(
            ["/email", "/role"],
            (await company.Lead.Post(Invitations, new { email = "nobody", role = "ADMIN" }))
                .ExpectProblem(422, "validation_failed").Fields.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["/companyId"],
            (await company.Lead.Post(Invitations, new { email = Some.Email(), role = "ELEV", companyId = Guid.NewGuid() }))
                .ExpectProblem(422, "validation_failed").Fields);
        (await api.Admin.Post(Invitations, new { email = Some.Email(), role = "ELEV" })).ExpectProblem(400, "company_required");
        (await api.Admin.For(company.Id).Post(Invitations, new { email = Some.Email(), role = "HOVEDBRUKER" })).Expect(201);
    }

    private static async Task<Guid[]> Listed(Company company)
    {
        var page = (await company.Lead.Get($"{Invitations}?includeTotal=true")).Expect(200);
        Guid[] ids = [.. page["items"].EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
        Assert.Equal((ids.Length, JsonValueKind.Null), (page["total"].GetInt32(), page["nextCursor"].ValueKind));
        return ids;
    }
}

[Collection(SqliteCollection.Name)]
public sealed class InvitationsOnSqlite(SqliteApi api) : InvitationTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvitationsOnPostgres(PostgresApi api) : InvitationTests(api);
