using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Who gets in, who does not, and what those who do not get in are told.</summary>
public abstract class LoginTests(ApiFixture api)
{
    private const string Login = "/api/v2/auth/login";
    private const string Wrong = "not this one 77";

    [Fact]
    public async Task Five_failures_lock_and_then_the_right_password_gets_the_same_answer()
    {
        var company = await api.NewCompany();
        var first = await Try(company.Email, Wrong);
        for (var i = 0; i < 4; i++) Assert.Equal(Told(first), Told(await Try(company.Email, Wrong)));

        Assert.Equal(Told(first), Told(await Try(company.Email, Company.Password)));
        Assert.Equal(
            401, (await api.Anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = Company.Password })).Status);
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Expect(200);
        Assert.Equal(["USER_LOGIN", "USER_LOGIN_FAILED"], await Events(company.LeadId, 2));
    }

    [Fact]
    public async Task A_login_in_between_forgets_the_failures_before_it()
    {
        var company = await api.NewCompany();
        for (var i = 0; i < 4; i++) (await Try(company.Email, Wrong)).Expect(401);
        (await Try(company.Email, Company.Password)).Expect(200);
        for (var i = 0; i < 4; i++) (await Try(company.Email, Wrong)).Expect(401);
        (await Try(company.Email, Company.Password)).Expect(200);
        Assert.Equal(["USER_LOGIN", "USER_LOGIN", "USER_LOGIN"], await Events(company.LeadId, 3));
    }

    [Fact]
    public async Task Of_many_guesses_at_once_no_more_than_five_count()
    {
        var company = await api.NewCompany();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Try(company.Email, Wrong)));
        Assert.All(guesses, answer => answer.ExpectProblem(401, "unauthenticated"));
        (await Try(company.Email, Company.Password)).Expect(401);
        Assert.Equal(["USER_LOGIN", "USER_LOGIN_FAILED"], await Events(company.LeadId, 2));
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_answered_as_one_that_somebody_has_and_leaves_nothing_behind()
    {
        var company = await api.NewCompany();
        var email = Some.Email();
        for (var i = 0; i < 7; i++) Assert.Equal(Told(await Try(company.Email, Wrong)), Told(await Try(email, Wrong)));
        Assert.DoesNotContain(email, (await api.Anonymous.Get("/metrics")).Body, StringComparison.Ordinal);
        Assert.Contains(
            "tms_logins_failed_total{otel_scope_name=\"Tms.Logins\",account=\"unknown\"}", (await api.Anonymous.Get("/metrics")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_logins_at_once_all_come_through_or_are_told_when_to_come_again()
    {
        var company = await api.NewCompany();
        var logins = Enumerable.Range(0, 200).Select(_ => Try(company.Email, Company.Password)).ToArray();
        var others = Enumerable.Range(0, 20).Select(_ => company.Lead.Get("/api/v2/users/profile")).ToArray();
        Assert.All(await Task.WhenAll(others), answer => answer.Expect(200));
        Assert.Contains(logins, login => !login.IsCompleted);
        Assert.All(
            await Task.WhenAll(logins),
            answer => Assert.True(
                answer.Status == 200 || (answer.Status is 429 or 503 && answer.Header("Retry-After") is not null), answer.Body));
    }

    [Fact]
    public async Task Addresses_that_only_look_alike_are_no_addresses_and_a_password_of_a_megabyte_is_none()
    {
        var company = await api.NewCompany();
        foreach (var alike in (string[])[
            company.Email.Replace('e', '\u0435'), company.Email.Replace('.', '\u3002'), company.Email + "\u200b",
            company.Email.Replace('@', '\uff20')])
        {
            (await Try(alike, Company.Password)).Expect(401);
            var taken = new
            {
                company = new { name = "A", organisationNumber = Some.OrganisationNumber() },
                firstName = "K",
                lastName = "N",
                email = alike,
                password = Company.Password
            };
            (await api.Anonymous.Post("/api/v2/auth/register", taken)).ExpectProblem(422, "validation_failed");
        }

        (await Try(company.Email, new string('p', 1_000_000))).ExpectProblem(422, "validation_failed");
    }

    private Task<Answer> Try(string email, string password) => api.Anonymous.Post(Login, new { email, password });

    private static (int, string, string) Told(Answer answer) => (answer.Status, answer.Code, answer["detail"].GetString()!);

    // A lock is stored right after its answer.
    private async Task<string[]> Events(Guid user, int atLeast)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var stored = (await api.Admin.Get($"/api/v2/admin/streams/{user}")).Expect(200)["items"].EnumerateArray();
            string[] types = [.. stored.Select(e => e.GetProperty("type").GetString()!)
                .Where(type => type.StartsWith("USER_LOGIN", StringComparison.Ordinal))];
            if (types.Length >= atLeast) return types;
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}

[Collection(SqliteCollection.Name)]
public sealed class LoginTestsOnSqlite(SqliteApi api) : LoginTests(api);

[Collection(PostgresCollection.Name)]
public sealed class LoginTestsOnPostgres(PostgresApi api) : LoginTests(api);
