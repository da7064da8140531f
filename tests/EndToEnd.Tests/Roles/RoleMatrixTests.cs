using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Edge;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>Every address, every role (contract, section 4).</summary>
[Collection(SqliteCollection.Name)]
public sealed class RoleMatrixTests(SqliteApi api)
{
    internal const Role Nobody = 0;

    // Method, path, the least role that may (0: anybody, also without a token), whether an ADMIN must name the company.
    internal static readonly (string Method, string Path, Role Least, bool OfCompany)[] Table =
    [
        ("POST", "/api/v1/auth/login", Nobody, false),
        ("POST", "/api/v1/auth/verify", Nobody, false),
        ("POST", "/api/v1/auth/register", Role.Hovedbruker, false),
        ("GET", "/api/v1/users", Role.Admin, false),
        ("GET", "/api/v1/users/profile", Role.Elev, false),
        ("PUT", "/api/v1/users/profile", Role.Elev, false),
        ("GET", "/api/v1/users/company", Role.Hovedbruker, true),
        ("PATCH", "/api/v1/users/{id}/status", Role.Hovedbruker, false),
        ("GET", "/api/v1/companies", Role.Admin, false),
        ("GET", "/api/v1/companies/{id}", Role.Elev, false),
        ("PUT", "/api/v1/companies/{id}", Role.Hovedbruker, false),
        ("GET", "/api/v1/economy/invoices", Role.Bruker, true),
        ("POST", "/api/v1/economy/invoices", Role.Bruker, true),
        ("GET", "/api/v1/economy/invoices/{id}", Role.Bruker, true),
        ("PUT", "/api/v1/economy/invoices/{id}", Role.Bruker, true),
        ("POST", "/api/v1/economy/invoices/{id}/send", Role.Hovedbruker, true),
        ("POST", "/api/v1/economy/invoices/{id}/pay", Role.Hovedbruker, true),
        ("POST", "/api/v1/economy/invoices/{id}/cancel", Role.Hovedbruker, true),
        ("POST", "/api/v2/auth/register", Nobody, false),
        ("POST", "/api/v2/auth/login", Nobody, false),
        ("POST", "/api/v2/auth/refresh", Nobody, false),
        ("POST", "/api/v2/auth/logout", Nobody, false),
        ("POST", "/api/v2/auth/verify", Nobody, false),
        ("POST", "/api/v2/auth/password/change", Role.Elev, false),
        ("POST", "/api/v2/auth/password/forgot", Nobody, false),
        ("POST", "/api/v2/auth/password/reset", Nobody, false),
        ("POST", "/api/v2/auth/email/confirm", Nobody, false),
        ("GET", "/api/v2/auth/sessions", Role.Elev, false),
        ("DELETE", "/api/v2/auth/sessions/{id}", Role.Elev, false),
        ("POST", "/api/v2/auth/second-factor/begin", Role.Elev, false),
        ("POST", "/api/v2/auth/second-factor/enable", Role.Elev, false),
        ("POST", "/api/v2/auth/second-factor/disable", Role.Elev, false),
        ("POST", "/api/v2/users/profile/email", Role.Elev, false),
        ("GET", "/api/v2/admin/cluster", Role.Admin, false),
        ("GET", "/api/v2/admin/dead-letters", Role.Admin, false),
        ("POST", "/api/v2/admin/dead-letters/{id}/retry", Role.Admin, false),
        ("POST", "/api/v2/admin/keys/rotate", Role.Admin, false),
        ("POST", "/api/v2/admin/keys/{kid}/withdraw", Role.Admin, false),
        ("GET", "/api/v2/admin/projections", Role.Admin, false),
        ("POST", "/api/v2/admin/projections/{name}/rebuild", Role.Admin, false),
        ("GET", "/api/v2/admin/streams/{id}", Role.Admin, false),
        ("POST", "/api/v2/admin/administrators", Role.Admin, false),
        ("GET", "/api/v2/admin/administrators/{id}", Role.Admin, false),
        ("DELETE", "/api/v2/admin/administrators/{id}", Role.Admin, false),
        ("GET", "/api/v2/users", Role.Admin, false),
        ("GET", "/api/v2/users/company", Role.Hovedbruker, true),
        ("GET", "/api/v2/users/profile", Role.Elev, false),
        ("PUT", "/api/v2/users/profile", Role.Elev, false),
        ("GET", "/api/v2/users/{id}/export", Role.Hovedbruker, false),
        ("DELETE", "/api/v2/users/{id}", Role.Hovedbruker, false),
        ("GET", "/api/v2/users/{id}", Role.Hovedbruker, false),
        ("PATCH", "/api/v2/users/{id}/status", Role.Hovedbruker, false),
        ("PATCH", "/api/v2/users/{id}/role", Role.Hovedbruker, false),
        ("DELETE", "/api/v2/users/{id}/sessions", Role.Hovedbruker, false),
        ("DELETE", "/api/v2/users/{id}/second-factor", Role.Hovedbruker, false),
        ("GET", "/api/v2/users/invitations", Role.Hovedbruker, true),
        ("POST", "/api/v2/users/invitations", Role.Hovedbruker, true),
        ("GET", "/api/v2/users/invitations/{id}", Role.Hovedbruker, true),
        ("DELETE", "/api/v2/users/invitations/{id}", Role.Hovedbruker, true),
        ("GET", "/api/v2/api-keys", Role.Hovedbruker, true),
        ("POST", "/api/v2/api-keys", Role.Hovedbruker, true),
        ("GET", "/api/v2/api-keys/{id}", Role.Hovedbruker, true),
        ("DELETE", "/api/v2/api-keys/{id}", Role.Hovedbruker, true),
        ("GET", "/api/v2/audit", Role.Hovedbruker, true),
        ("GET", "/api/v2/audit/verify", Role.Hovedbruker, true),
        ("POST", "/api/v2/audit/verify", Role.Hovedbruker, true),
        ("GET", "/api/v2/audit/head", Role.Hovedbruker, true),
        ("GET", "/api/v2/companies", Role.Admin, false),
        ("POST", "/api/v2/companies", Role.Admin, false),
        ("GET", "/api/v2/companies/{id}", Role.Elev, false),
        ("PUT", "/api/v2/companies/{id}", Role.Hovedbruker, false),
        ("GET", "/api/v2/companies/{id}/modules", Role.Elev, false),
        ("PUT", "/api/v2/companies/{id}/modules", Role.Admin, false),
        ("GET", "/api/v2/economy/customers", Role.Bruker, true),
        ("POST", "/api/v2/economy/customers", Role.Bruker, true),
        ("GET", "/api/v2/economy/customers/{id}", Role.Bruker, true),
        ("PUT", "/api/v2/economy/customers/{id}", Role.Bruker, true),
        ("POST", "/api/v2/economy/customers/{id}/archive", Role.Bruker, true),
        ("GET", "/api/v2/economy/customers/{id}/events", Role.Bruker, true),
        ("GET", "/api/v2/economy/invoices", Role.Bruker, true),
        ("POST", "/api/v2/economy/invoices", Role.Bruker, true),
        ("GET", "/api/v2/economy/invoices/{id}", Role.Bruker, true),
        ("PUT", "/api/v2/economy/invoices/{id}", Role.Bruker, true),
        ("POST", "/api/v2/economy/invoices/{id}/send", Role.Hovedbruker, true),
        ("POST", "/api/v2/economy/invoices/{id}/pay", Role.Hovedbruker, true),
        ("POST", "/api/v2/economy/invoices/{id}/payments/{paymentId}/reverse", Role.Hovedbruker, true),
        ("POST", "/api/v2/economy/invoices/{id}/cancel", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/invoices/{id}/events", Role.Bruker, true),
        ("GET", "/api/v2/economy/ledger", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/vouchers", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/vouchers/{id}", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/accounts", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/reports/income", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/reports/trial-balance", Role.Hovedbruker, true),
        ("GET", "/api/v2/economy/reports/balance", Role.Hovedbruker, true),
    ];

    [Fact]
    public async Task The_table_has_every_address_that_there_is()
    {
        var documented = new List<string>();
        foreach (var version in (string[])["v1", "v2"])
        {
            var paths = (await api.Anonymous.Get($"/openapi/{version}.json")).Expect(200)["paths"];
            documented.AddRange(paths.EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")));
        }

        Assert.Equal(
            Table.Select(row => $"{row.Method} {row.Path}").Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_does_what_only_a_higher_role_may()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var row in Table)
        {
            if (row.Least > Nobody) trace.Expect(await Ask(api.Anonymous, row), $"{row.Method} {row.Path} by nobody", 401);
            foreach (var role in Enum.GetValues<Role>().Where(role => role < row.Least))
                trace.Expect(await Ask(api.As(role, company), row), $"{row.Method} {row.Path} by {role}", 403);
        }
    }

    [Fact]
    public async Task Whoever_may_is_let_through_to_what_the_request_says()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var row in Table)
        {
            foreach (var role in Enum.GetValues<Role>().Where(role => role >= row.Least))
            {
                var answer = await Ask(api.As(role, company), row);
                if (answer.Status is 401 or 403 or 405 or >= 500) trace.Expect(answer, $"{row.Method} {row.Path} by {role}", 200);
            }

            if (row.OfCompany) trace.Expect(await Ask(api.Admin, row), $"{row.Method} {row.Path} by an ADMIN who names no company", 400);
        }
    }

    // Bodies that no command takes: who is let through is told what is wrong with them.
    private static Task<Answer> Ask(Client client, (string Method, string Path, Role Least, bool OfCompany) row)
    {
        var path = row.Path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("{paymentId}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("{name}", "nothing", StringComparison.Ordinal).Replace("{kid}", "nothing", StringComparison.Ordinal);
        return row.Method switch
        {
            "GET" => client.Get(path),
            "DELETE" => client.Send(HttpMethod.Delete, path, null),
            "PUT" => client.PutText(path, "{}", ("If-Match", "\"1\"")),
            "PATCH" => client.PatchText(path, "{}", ("If-Match", "\"1\"")),
            _ => client.PostText(path, "{}"),
        };
    }
}
