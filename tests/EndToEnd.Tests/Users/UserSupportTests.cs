using OtpNet;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Users;

/// <summary>Help for somebody whose device was lost or stolen.</summary>
public abstract class UserSupportTests(ApiFixture api)
{
    [Fact]
    public async Task Whoever_manages_users_logs_one_out_everywhere()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        var elsewhere = await Companies.LogIn(api.Anonymous, person.Email);
        (await person.Client.Delete($"/api/v2/users/{company.LeadId}/sessions")).ExpectProblem(403, "forbidden");
        (await company.Lead.Delete($"/api/v2/users/{person.Id}/sessions")).Expect(200);
        (await person.Client.Get("/api/v2/users/profile")).ExpectProblem(401, "unauthenticated");
        (await elsewhere.Get("/api/v2/users/profile")).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = person.RefreshToken }))
            .ExpectProblem(401, "unauthenticated");
        (await (await Companies.LogIn(api.Anonymous, person.Email)).Get("/api/v2/users/profile")).Expect(200);
        (await (await api.NewCompany()).Lead.Delete($"/api/v2/users/{person.Id}/sessions")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task Whoever_manages_users_takes_a_lost_second_factor_off_but_never_the_own_one()
    {
        var company = await api.NewCompany();
        var person = await Colleague.Join(api.Anonymous, company, "BRUKER");
        await Enable(person.Client);
        await Enable(company.Lead);
        (await LogIn(person.Email)).ExpectProblem(401, "second_factor_required");
        (await company.Lead.Delete($"/api/v2/users/{company.LeadId}/second-factor")).ExpectProblem(409, "own_second_factor");
        (await person.Client.Delete($"/api/v2/users/{company.LeadId}/second-factor")).ExpectProblem(403, "forbidden");
        Assert.False((await company.Lead.Delete($"/api/v2/users/{person.Id}/second-factor")).Expect(200)["hasSecondFactor"].GetBoolean());
        (await LogIn(person.Email)).Expect(200);
    }

    private static async Task Enable(Client who)
    {
        var begun = (await who.Post("/api/v2/auth/second-factor/begin")).Expect(200);
        var code = new Totp(Base32Encoding.ToBytes(begun["secret"].GetString())).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
        (await who.Post("/api/v2/auth/second-factor/enable", new { ticket = begun["ticket"].GetString(), code })).Expect(200);
    }

    private Task<Answer> LogIn(string email) => api.Anonymous.Post("/api/v2/auth/login", new { email, password = Company.Password });
}

[Collection(SqliteCollection.Name)]
public sealed class UserSupportTestsOnSqlite(SqliteApi api) : UserSupportTests(api);

[Collection(PostgresCollection.Name)]
public sealed class UserSupportTestsOnPostgres(PostgresApi api) : UserSupportTests(api);
