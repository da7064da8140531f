using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Where somebody is logged in, and how that ends.</summary>
public abstract class SessionTests(ApiFixture api)
{
    private const string Sessions = "/api/v2/auth/sessions";

    [Fact]
    public async Task Users_see_their_own_sessions_and_end_one_at_once()
    {
        var company = await api.NewCompany();
        var login = (await api.Anonymous.Post("/api/v2/auth/login", new { email = company.Email, password = Company.Password }, ("User-Agent", "TMS-Driver/1.0 " + new string('x', 500)))).Expect(200);
        var other = api.Anonymous.With(login["accessToken"].GetString());

        var items = (await other.Get(Sessions)).Expect(200)["items"].EnumerateArray().ToArray();
        Assert.Equal([false, true], items.Select(item => item.GetProperty("isCurrent").GetBoolean()));
        var agent = items[1].GetProperty("userAgent").GetString()!;
        Assert.StartsWith("TMS-", agent, StringComparison.Ordinal);
        Assert.InRange(agent.Length, 10, 120);
        Assert.All(items, item => Assert.True(item.GetProperty("createdAt").GetDateTimeOffset() <= item.GetProperty("lastUsedAt").GetDateTimeOffset()));

        (await company.Lead.Send(HttpMethod.Delete, $"{Sessions}/{items[1].GetProperty("id").GetGuid()}", null)).Expect(204);
        (await other.Get(Sessions)).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = login["refreshToken"].GetString() })).ExpectProblem(401, "unauthenticated");
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
    public async Task A_refreshed_session_stays_one_session_that_began_when_it_began()
    {
        var company = await api.NewCompany();
        var before = (await company.Lead.Get(Sessions)).Expect(200)["items"][0];
        var next = (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }, ("User-Agent", "another"))).Expect(200);
        var after = (await api.Anonymous.With(next["accessToken"].GetString()).Get(Sessions)).Expect(200)["items"].EnumerateArray().Single();
        Assert.Equal((before.GetProperty("id").GetGuid(), before.GetProperty("createdAt").GetDateTimeOffset(), "another"), (after.GetProperty("id").GetGuid(), after.GetProperty("createdAt").GetDateTimeOffset(), after.GetProperty("userAgent").GetString()));
        Assert.True(after.GetProperty("lastUsedAt").GetDateTimeOffset() > before.GetProperty("lastUsedAt").GetDateTimeOffset());
    }
}

[Collection(SqliteCollection.Name)]
public sealed class SessionTestsOnSqlite(SqliteApi api) : SessionTests(api);

[Collection(PostgresCollection.Name)]
public sealed class SessionTestsOnPostgres(PostgresApi api) : SessionTests(api);
