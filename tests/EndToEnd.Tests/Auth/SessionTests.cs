using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Where somebody is logged in, and how that ends.</summary>
public abstract class SessionTests(ApiFixture api)
{
    private const string Sessions = "/api/v2/auth/sessions";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_see_their_own_sessions_and_end_one_at_once()
    {
        var company = await api.NewCompany();
        var login = (await api.Anonymous.Post(
            "/api/v2/auth/login", new { email = company.Email, password = Company.Password },
            ("User-Agent", "TMS-Driver/1.0 " + new string('x', 500)))).Expect(200);
        var other = api.Anonymous.With(login["accessToken"].GetString());

        var items = (await other.Get(Sessions)).Expect(200)["items"].EnumerateArray().ToArray();
        Assert.Equal([false, true], items.Select(item => item.GetProperty("isCurrent").GetBoolean()));
        var agent = items[1].GetProperty("userAgent").GetString()!;
        Assert.StartsWith("TMS-", agent, StringComparison.Ordinal);
        Assert.InRange(agent.Length, 10, 120);
        Assert.All(
            items,
            item => Assert.True(item.GetProperty("createdAt").GetDateTimeOffset() <= item.GetProperty("lastUsedAt").GetDateTimeOffset()));

        (await company.Lead.Send(HttpMethod.Delete, $"{Sessions}/{items[1].GetProperty("id").GetGuid()}", null)).Expect(204);
        (await other.Get(Sessions)).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = login["refreshToken"].GetString() }))
            .ExpectProblem(401, "unauthenticated");
        Assert.Equal(1, (await company.Lead.Get(Sessions)).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        var id = (await other.Lead.Get(Sessions)).Expect(200)["items"][0].GetProperty("id").GetGuid();
        (await company.Lead.Send(HttpMethod.Delete, $"{Sessions}/{id}", null)).ExpectProblem(404, "not_found");
        (await other.Lead.Get(Sessions)).Expect(200);
    }

    [Fact]
    public async Task A_login_of_the_old_wire_leaves_no_session_that_nobody_could_use()
    {
        var company = await api.NewCompany();
        var login = (await api.Anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = Company.Password }))
            .Expect(200);
        var old = api.Anonymous.With(login["token"].GetString());
        (await old.Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal(
            [false],
            (await old.Get(Sessions)).Expect(200)["items"].EnumerateArray().Select(item => item.GetProperty("isCurrent").GetBoolean()));
    }

    [Fact]
    public async Task With_one_session_more_than_a_hundred_the_one_that_rested_longest_ends()
    {
        var (resting, working) = (await api.NewCompany(), await api.NewCompany());
        await using var store = StoreOf.Open(api.Site);
        var database = store.GetRequiredService<IDatabase>();
        foreach (var company in (Company[])[resting, working]) await Crowd(database, company);
        (await resting.Lead.Get(Sessions)).Expect(200);
        var refreshed = (await Refresh(working.RefreshToken)).Expect(200)["refreshToken"].GetString()!;

        var next = await Companies.LogIn(api.Anonymous, resting.Email);
        Assert.Equal(100, (await next.Get(Sessions)).Expect(200)["items"].GetArrayLength());
        (await resting.Lead.Get(Sessions)).ExpectProblem(401, "unauthenticated");
        (await Refresh(resting.RefreshToken)).ExpectProblem(401, "unauthenticated");

        await Companies.LogIn(api.Anonymous, working.Email);
        (await Refresh(refreshed)).Expect(200);
    }

    // Ninety-nine logins after the first one, none of which was refreshed; the last one of a release that did not note when.
    private static async Task Crowd(IDatabase database, Company company)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 99; i++)
        {
            await database.Execute(
                "insert into sessions (token_hash, family, tenant, user_id, user_version, expires_us, used_us) values (@hash, @family, "
                    + "@tenant, @user, 1, @expires, @used)",
                Cancel, ("hash", Guid.NewGuid().ToByteArray()), ("family", Guid.CreateVersion7()), ("tenant", company.Id),
                ("user", company.LeadId),
                ("expires", now.AddDays(30).ToUnixTimeMilliseconds() * 1000),
                ("used", i == 98 ? null : now.ToUnixTimeMilliseconds() * 1000));
        }
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_gets_it_again_with_its_key_and_ends_the_session_without()
    {
        var company = await api.NewCompany();
        var key = ("Idempotency-Key", "1");
        var first = (await Refresh(company.RefreshToken, key)).Expect(200)["refreshToken"].GetString()!;
        Assert.Equal(first, (await Refresh(company.RefreshToken, key)).Expect(200)["refreshToken"].GetString());
        (await Refresh(first)).Expect(200);
        (await Refresh(company.RefreshToken, ("Idempotency-Key", "2"))).ExpectProblem(401, "unauthenticated");
        (await company.Lead.Get(Sessions)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_refresh_that_cannot_be_answered_uses_nothing_up()
    {
        var company = await api.NewCompany();
        await using var store = StoreOf.Open(api.Site);
        var database = store.GetRequiredService<IDatabase>();
        (await company.Lead.Post(
            "/api/v2/auth/password/change", new { currentPassword = Company.Password, newPassword = "en helt annen setning 8" }))
            .Expect(204);

        // The session goes on by its id alone; another one of this age is refused before its token is exchanged.
        var family = (await database.Query(
            "select family from sessions where user_id = @user", r => r.GetGuid(0), Cancel, ("user", company.LeadId))).Single();
        await database.Execute(
            "update sessions set family = @other where user_id = @user", Cancel, ("other", Guid.CreateVersion7()),
            ("user", company.LeadId));
        (await Refresh(company.RefreshToken)).ExpectProblem(401, "unauthenticated");
        await database.Execute(
            "update sessions set family = @family where user_id = @user", Cancel, ("family", family), ("user", company.LeadId));
        (await Refresh(company.RefreshToken)).Expect(200);
    }

    [Fact]
    public async Task A_refreshed_session_stays_one_session_that_began_when_it_began()
    {
        var company = await api.NewCompany();
        var before = (await company.Lead.Get(Sessions)).Expect(200)["items"][0];
        var next = (await api.Anonymous.Post(
            "/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }, ("User-Agent", "another"))).Expect(200);
        var after =
            (await api.Anonymous.With(next["accessToken"].GetString()).Get(Sessions)).Expect(200)["items"].EnumerateArray().Single();
        Assert.Equal(
            (before.GetProperty("id").GetGuid(), before.GetProperty("createdAt").GetDateTimeOffset(), "another"),
            (
                after.GetProperty("id").GetGuid(), after.GetProperty("createdAt").GetDateTimeOffset(), after.GetProperty("userAgent")
                    .GetString()));
        Assert.True(after.GetProperty("lastUsedAt").GetDateTimeOffset() > before.GetProperty("lastUsedAt").GetDateTimeOffset());
    }

    private Task<Answer> Refresh(string token, params (string, string)[] headers) =>
        api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = token }, headers);
}

[Collection(SqliteCollection.Name)]
public sealed class SessionTestsOnSqlite(SqliteApi api) : SessionTests(api);

[Collection(PostgresCollection.Name)]
public sealed class SessionTestsOnPostgres(PostgresApi api) : SessionTests(api);
