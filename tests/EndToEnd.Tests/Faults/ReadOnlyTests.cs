using Npgsql;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Faults;

/// <summary>A database that takes no writes for a while, as one does that is taking over.</summary>
public sealed class ReadOnlyTests
{
    [Fact]
    public async Task What_cannot_be_kept_is_refused_as_busy_and_a_refresh_uses_nothing_up()
    {
        using var site = await ApiSite.OnPostgres();
        await using var node = await site.Host();
        var anonymous = new Client(() => node.Http);
        var company = await Companies.Register(anonymous);
        var admin = await Companies.LogIn(anonymous, ApiSite.Admin.Email, ApiSite.Admin.Password);

        await OnlyReads(site.Postgres!, true);
        foreach (var answer in (Answer[])
        [
            await anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }),
            await anonymous.Post("/api/v2/auth/login", new { email = company.Email, password = Company.Password }),
            await anonymous.Post("/api/v2/auth/logout", new { refreshToken = company.RefreshToken }),
            await admin.Post("/api/v2/admin/keys/rotate"),
        ]) Assert.NotNull(answer.ExpectProblem(503, "unavailable").Header("Retry-After"));

        await OnlyReads(site.Postgres!, false);
        (await anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Expect(200);
    }

    private static async Task OnlyReads(string postgres, bool on)
    {
        var name = new NpgsqlConnectionStringBuilder(postgres).Database;
        await PostgresDatabases.Execute(
            postgres + ";Options=-c default_transaction_read_only=off",
            $"alter database {name} set default_transaction_read_only = {(on ? "on" : "off")}");
        await PostgresDatabases.EndSessions(postgres);
    }
}
