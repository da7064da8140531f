using Tms.Api.Hosting;
using Tms.Domain.Users;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>One Api process per database, shared by the tests of a collection; each test registers its own companies.</summary>
public abstract class ApiFixture : IAsyncLifetime
{
    private ApiSite? _site;
    private ApiProcess? _process;
    private TokenPress? _press;

    internal ApiProcess Process => _process!;

    internal ApiSite Site => _site!;

    internal Client Anonymous => new(() => Process.Http);

    /// <summary>The administrator of the environment.</summary>
    internal Client Admin { get; private set; } = null!;

    internal Guid AdminId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _site = await MakeSite();
        _process = await _site.Start();
        _press = await TokenPress.On(_site);
        var login = (await Anonymous.Post("/api/v2/auth/login", new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
            .Expect(200);
        Admin = Anonymous.With(login["accessToken"].GetString());
        AdminId = login["user"].GetProperty("id").GetGuid();
    }

    public async ValueTask DisposeAsync()
    {
        if (_press is not null) await _press.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        _site?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal abstract Task<ApiSite> MakeSite();

    internal Task<Company> NewCompany() => Companies.Register(Anonymous);

    /// <summary>Somebody with a role in a company, with that company's lead's id, so that the user exists.</summary>
    internal Client As(Role role, Company company) =>
        role == Role.Admin ? Admin.For(company.Id) : Anonymous.With(_press!.Token(role, company.Id, company.LeadId));

    internal string Token(Role role, Guid? company, Guid user, TimeProvider? at = null, Func<ApiSettings, ApiSettings>? settings = null) =>
        _press!.Token(role, company, user, at, settings);
}

/// <summary>Registering companies as anybody does.</summary>
internal static class Companies
{
    public static async Task<Company> Register(Client anonymous)
    {
        var email = Some.Email();
        var answer = (await anonymous.Post("/api/v2/auth/register", new
        {
            company = new { name = "Fjord Transport AS", organisationNumber = Some.OrganisationNumber() },
            firstName = "Kari",
            lastName = "Nordmann",
            email,
            password = Company.Password,
        })).Expect(201);
        var user = answer["user"];
        return new Company(user.GetProperty("companyId").GetGuid(), user.GetProperty("id").GetGuid(), email,
            answer["refreshToken"].GetString()!, anonymous.With(answer["accessToken"].GetString()));
    }

    /// <summary>A new login of somebody who registered.</summary>
    public static async Task<Client> LogIn(Client anonymous, string email, string password = Company.Password) =>
        anonymous.With((await anonymous.Post("/api/v2/auth/login", new { email, password })).Expect(200)["accessToken"].GetString());
}

/// <summary>The Api on SQLite, as it runs with nothing else installed.</summary>
public sealed class SqliteApi : ApiFixture
{
    internal override Task<ApiSite> MakeSite() => ApiSite.OnSqlite();
}

/// <summary>The Api on PostgreSQL.</summary>
public sealed class PostgresApi : ApiFixture
{
    internal override Task<ApiSite> MakeSite() => ApiSite.OnPostgres();
}

[CollectionDefinition(Name)]
public sealed class SqliteCollection : ICollectionFixture<SqliteApi>
{
    public const string Name = "sqlite";
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresApi>
{
    public const string Name = "postgres";
}
