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
        var (draft, customer) = ((await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id, (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id);
        var profile = (await company.Lead.Get("/api/v2/users/profile")).Expect(200);
        await OneWins(i => company.Lead.Put($"{Invoices}/{draft}", Some.Invoice(i + 1), ("If-Match", "\"1\"")));
        await OneWins(i => company.Lead.Put($"/api/v2/economy/customers/{customer}", Some.Customer($"Nr {i}"), ("If-Match", "\"1\"")));
        await OneWins(i => company.Lead.Put("/api/v2/users/profile", new { firstName = $"Nr {i}", lastName = "N" }, ("If-Match", profile.ETag!)));
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

    private static async Task OneWins(Func<int, Task<Answer>> write)
    {
        var answers = await AtOnce(write);
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(412, "precondition_failed"));
    }

    private static Task<Answer[]> AtOnce(Func<int, Task<Answer>> ask, int many = Many) => Task.WhenAll(Enumerable.Range(0, many).Select(ask));

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
