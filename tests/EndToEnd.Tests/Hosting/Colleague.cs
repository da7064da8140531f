namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Somebody in a company whom its lead has made, logged in.</summary>
internal sealed record Colleague(Guid Id, string Email, string RefreshToken, Client Client)
{
    /// <summary>Makes somebody of a role, and logs them in.</summary>
    /// <param name="anonymous">Reaches the node to log in at.</param>
    /// <param name="company">The company; its lead does it.</param>
    /// <param name="role">On the wire.</param>
    public static async Task<Colleague> Join(Client anonymous, Company company, string role)
    {
        var email = Some.Email();
        (await company.Lead.Post(
            "/api/v1/auth/register", new { email, password = Company.Password, fornavn = "Ola", etternavn = "Ås", rolle = role }))
            .Expect(201);
        var login = (await anonymous.Post("/api/v2/auth/login", new { email, password = Company.Password })).Expect(200);
        return new(
            login["user"].GetProperty("id").GetGuid(), email, login["refreshToken"].GetString()!,
            anonymous.With(login["accessToken"].GetString()));
    }

    /// <summary>The same person with a token made now.</summary>
    public async Task<Client> Refreshed(Client anonymous) =>
        anonymous.With(
            (await anonymous.Post("/api/v2/auth/refresh", new { refreshToken = RefreshToken })).Expect(200)["accessToken"].GetString());
}
