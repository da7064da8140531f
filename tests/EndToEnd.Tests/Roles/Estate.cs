using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>A company that has two of everything that somebody else could ask for, and pages that go on.</summary>
internal sealed record Estate(Company Company, IReadOnlyDictionary<string, Guid> Things, IReadOnlyDictionary<string, string> Cursors)
{
    // What a valid request says, by the end of its address: so that only whose thing it is can be wrong with it.
    private static readonly (string Method, string End, string Body)[] Bodies =
    [
        ("PATCH", "/status", """{"isActive":false}"""),
        ("PATCH", "/role", """{"role":"ELEV"}"""),
        ("PUT", "/v1/companies/{id}", """{"navn":"Tatt AS","organisasjonsnummer":"974760673"}"""),
        ("PUT", "/v2/companies/{id}", """{"name":"Tatt AS","organisationNumber":"974760673"}"""),
        ("PUT", "/customers/{id}", """{"name":"Tatt AS"}"""),
        ("PUT", "/v1/economy/invoices/{id}", """{"kunde":{"navn":"Tatt AS"},"fakturaLinjer":[{"beskrivelse":"x","enhetspris":1,"mvaSats":25}]}"""),
        ("PUT", "/v2/economy/invoices/{id}", """{"customer":{"name":"Tatt AS"},"lines":[{"description":"x","unitPrice":1,"vatRate":25}]}"""),
        ("POST", "/v1/economy/invoices/{id}/cancel", """{"grunn":"x"}"""),
        ("POST", "/cancel", """{"reason":"x"}"""),
        ("POST", "/reverse", """{"reason":"x"}"""),
    ];

    /// <summary>The lists that go on, by their addresses.</summary>
    private static readonly string[] Lists =
        ["/api/v2/users/company", "/api/v2/users/invitations", "/api/v2/api-keys", "/api/v2/economy/customers", "/api/v2/economy/invoices", "/api/v2/audit"];

    private static readonly string[] Scopes = ["economy:read"];

    public static async Task<Estate> Of(ApiFixture api)
    {
        var company = await api.NewCompany();
        var things = new Dictionary<string, Guid> { ["/companies/"] = company.Id };
        for (var n = 0; n < 2; n++)
        {
            things["/users/"] = (await company.Lead.Post("/api/v1/auth/register", new { email = Some.Email(), password = Company.Password, fornavn = "Ola", etternavn = "Ås", rolle = "BRUKER" }))
                .Expect(201)["user"].GetProperty("id").GetGuid();
            things["/users/invitations/"] = (await company.Lead.Post("/api/v2/users/invitations", new { email = Some.Email(), role = "ELEV" })).Expect(201).Id;
            things["/api-keys/"] = (await company.Lead.Post("/api/v2/api-keys", new { name = "lønn", scopes = Scopes })).Expect(201).Id;
            things["/customers/"] = (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id;
            things["/invoices/"] = (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201).Id;
        }

        var cursors = new Dictionary<string, string>();
        foreach (var list in Lists) cursors[list] = (await company.Lead.Get($"{list}?limit=1")).Expect(200)["nextCursor"].GetString()!;
        return new(company, things, cursors);
    }

    /// <summary>The thing of this company that an address names; one that nobody has where the estate knows no such thing.</summary>
    public Guid ThingOf(AccessCell cell) =>
        Things.OrderByDescending(thing => thing.Key.Length).FirstOrDefault(thing => cell.Path.Contains(thing.Key + "{id}", StringComparison.Ordinal)) is { Key: not null } found ? found.Value : Company.LeadId;

    public static string BodyOf(AccessCell cell) =>
        Bodies.FirstOrDefault(body => body.Method == cell.Method && cell.Path.EndsWith(body.End, StringComparison.Ordinal)).Body ?? "{}";
}
