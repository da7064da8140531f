using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Races;

/// <summary>Many at once, and one of them wins.</summary>
public abstract class RaceTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const int Many = 100;

    [Fact]
    public async Task Payments_without_keys_never_come_to_more_than_is_owed()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead);
        var answers = await AtOnce(_ => lead.Post($"{Invoices}/{id}/pay", new { amount = 10 }));
        Assert.Equal(12, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Expect(409));
        Assert.Equal(5, (await lead.Get($"{Invoices}/{id}")).Expect(200)["totals"].GetProperty("outstanding").GetDecimal());
    }

    [Fact]
    public async Task Of_many_writes_to_one_version_exactly_one_wins()
    {
        var company = await api.NewCompany();
        var (draft, customer) = (
            (await company.Lead.Post(Invoices, Some.Invoice()))
                .Expect(201).Id, (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id);
        var profile = (await company.Lead.Get("/api/v2/users/profile")).Expect(200);
        await OneWins(i => company.Lead.Put($"{Invoices}/{draft}", Some.Invoice(i + 1), ("If-Match", "\"1\"")));
        await OneWins(i => company.Lead.Put($"/api/v2/economy/customers/{customer}", Some.Customer($"Nr {i}"), ("If-Match", "\"1\"")));
        await OneWins(
            i => company.Lead.Put("/api/v2/users/profile", new { firstName = $"Nr {i}", lastName = "N" }, ("If-Match", profile.ETag!)));
    }

    [Fact]
    public async Task Of_many_sends_of_one_draft_one_wins_and_takes_one_number()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        var answers = await AtOnce(_ => lead.Post($"{Invoices}/{id}/send"));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(409, "invoice_not_draft"));
        (await lead.Get($"{Invoices}/{await Sent(lead)}")).Expect(200);
        Assert.Equal(2, (await lead.Get($"{Invoices}?sort=-number&limit=1")).Expect(200)["items"][0].GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Of_many_registrations_of_one_address_one_wins()
    {
        var email = Some.Email();
        var answers = await AtOnce(_ => api.Anonymous.Post("/api/v2/auth/register", new
        {
            company = new { name = "A", organisationNumber = Some.OrganisationNumber() },
            firstName = "K",
            lastName = "N",
            email,
            password = Company.Password,
        }), 10);
        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ExpectProblem(409, "email_taken"));
    }

    [Fact]
    public async Task Of_two_leaders_who_take_each_others_rights_at_once_one_stays()
    {
        foreach (var (what, body) in ((string, object)[])[
            ("role", new { role = "BRUKER" }), ("status", new { isActive = false }), ("erase", null!)])
        {
            for (var round = 0; round < 2; round++)
            {
                var company = await api.NewCompany();
                var other = await Colleague.Join(api.Anonymous, company, "HOVEDBRUKER");
                var answers = await Task.WhenAll(Take(company.Lead, other.Id, what, body), Take(other.Client, company.LeadId, what, body));
                Assert.Single(answers, answer => answer.Status is 200 or 204);
                // Whoever lost was refused by the rule, or had lost the right to ask.
                Assert.Single(answers, answer => answer.Status is 401 or 403 or 409);
                var users = (await api.Admin.For(company.Id).Get("/api/v2/users/company")).Expect(200)["items"].EnumerateArray();
                Assert.Single(
                    users, user => user.GetProperty("role").GetString() == "HOVEDBRUKER" && user.GetProperty("isActive").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task A_company_keeps_its_last_leader_whoever_asks()
    {
        var company = await api.NewCompany();
        await Colleague.Join(api.Anonymous, company, "BRUKER");
        var admin = api.Admin.For(company.Id);
        (await Take(admin, company.LeadId, "role", new { role = "BRUKER" })).ExpectProblem(409, "last_leader");
        (await Take(admin, company.LeadId, "status", new { isActive = false })).ExpectProblem(409, "last_leader");
        (await Take(admin, company.LeadId, "erase", null)).ExpectProblem(409, "last_leader");
        await Colleague.Join(api.Anonymous, company, "HOVEDBRUKER");
        (await Take(admin, company.LeadId, "status", new { isActive = false })).Expect(200);
    }

    private static Task<Answer> Take(Client by, Guid user, string what, object? body) => what == "erase"
        ? by.Send(HttpMethod.Delete, $"/api/v2/users/{user}", null)
        : by.Patch($"/api/v2/users/{user}/{what}", body!, ("If-Match", "*"));

    private static async Task OneWins(Func<int, Task<Answer>> write)
    {
        var answers = await AtOnce(write);
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(412, "precondition_failed"));
    }

    private static Task<Answer[]> AtOnce(Func<int, Task<Answer>> ask, int many = Many) =>
        Task.WhenAll(Enumerable.Range(0, many).Select(ask));

    private static async Task<Guid> Sent(Client lead)
    {
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        return id;
    }
}

[Collection(SqliteCollection.Name)]
public sealed class RacesOnSqlite(SqliteApi api) : RaceTests(api);

[Collection(PostgresCollection.Name)]
public sealed class RacesOnPostgres(PostgresApi api) : RaceTests(api);
