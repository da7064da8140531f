using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>A company that has two of everything that somebody else could ask for, and lists that go on.</summary>
/// <remarks>Fails for an address whose thing or body it does not know: no address is walked with an id that is no such thing.</remarks>
internal sealed record Estate(Company Company, IReadOnlyDictionary<string, Guid> Things)
{
    // What a valid request says, by the end of its address: so that only whose thing it is can be wrong with it.
    private static readonly (string Method, string End, string Body)[] Bodies =
    [
        ("PATCH", "/status", """{"isActive":false}"""),
        ("PATCH", "/role", """{"role":"ELEV"}"""),
        ("PUT", "/v1/companies/{id}", $$"""{"navn":"Tatt AS","organisasjonsnummer":"{{Some.OrganisationNumber()}}"}"""),
        ("PUT", "/v2/companies/{id}", $$"""{"name":"Tatt AS","organisationNumber":"{{Some.OrganisationNumber()}}"}"""),
        ("PUT", "/customers/{id}", """{"name":"Tatt AS"}"""),
        ("POST", "/archive", "{}"),
        (
            "PUT", "/v1/economy/invoices/{id}",
            """{"kunde":{"navn":"Tatt AS"},"fakturaLinjer":[{"beskrivelse":"x","enhetspris":1,"mvaSats":25}]}"""),
        (
            "PUT", "/v2/economy/invoices/{id}",
            """{"customer":{"name":"Tatt AS"},"lines":[{"description":"x","unitPrice":1,"vatRate":25}]}"""),
        ("POST", "/send", "{}"),
        ("POST", "/pay", "{}"),
        ("POST", "/v1/economy/invoices/{id}/cancel", """{"grunn":"x"}"""),
        ("POST", "/v2/economy/invoices/{id}/cancel", """{"reason":"x"}"""),
        ("POST", "/reverse", """{"reason":"x"}"""),
    ];

    private static readonly string[] Scopes = ["economy:read"];

    public static async Task<Estate> Of(ApiFixture api)
    {
        var company = await api.NewCompany();
        var things = new Dictionary<string, Guid> { ["/companies/{id}"] = company.Id };
        for (var n = 0; n < 2; n++) await AddOneOfEach(company.Lead, things);
        things["/payments/{paymentId}"] = (await company.Lead.Post(
            $"/api/v2/economy/invoices/{things["/invoices/{id}"]}/pay", new { amount = 1 })).Expect(200)["payments"][0].GetProperty("id")
            .GetGuid();
        things["/vouchers/{id}"] =
            (await company.Lead.Get("/api/v2/economy/vouchers?limit=1")).Expect(200)["items"][0].GetProperty("id").GetGuid();
        await Companies.LogIn(api.Anonymous, company.Email);
        things["/sessions/{id}"] = (await company.Lead.Get("/api/v2/auth/sessions")).Expect(200)["items"].EnumerateArray()
            .First(session => !session.GetProperty("isCurrent").GetBoolean()).GetProperty("id").GetGuid();
        return new(company, things);
    }

    /// <summary>The address with the things of this company that it names.</summary>
    public AccessCell Named(AccessCell cell)
    {
        var path = Things.Aggregate(
            cell.Path,
            (path, thing) => path.Replace(
                thing.Key, thing.Key[..thing.Key.IndexOf('{', StringComparison.Ordinal)] + thing.Value, StringComparison.Ordinal));
        return path.Contains('{', StringComparison.Ordinal)
            ? throw new KeyNotFoundException($"The estate has no such thing: {path}")
            : cell with { Path = path };
    }

    /// <summary>The cursor of this company's second page of a list that no platform query is.</summary>
    public async Task<string> CursorOf(AccessCell list)
    {
        var path = Named(list).Path;
        return (await Company.Lead.Get($"{path}?limit=1")).Expect(200)["nextCursor"].GetString()
            ?? throw new KeyNotFoundException($"The estate has one row only: {path}");
    }

    public static string BodyOf(AccessCell cell)
    {
        if (cell.Method is "GET" or "DELETE") return "";
        return Bodies.SingleOrDefault(body => body.Method == cell.Method && cell.Path.EndsWith(body.End, StringComparison.Ordinal)).Body
            ?? throw new KeyNotFoundException($"The estate has no body for {cell}");
    }

    private static async Task AddOneOfEach(Client lead, Dictionary<string, Guid> things)
    {
        things["/users/{id}"] = (await lead.Post(
            "/api/v1/auth/register",
            new { email = Some.Email(), password = Company.Password, fornavn = "Ola", etternavn = "Ås", rolle = "BRUKER" }))
            .Expect(201)["user"].GetProperty("id").GetGuid();
        things["/invitations/{id}"] =
            (await lead.Post("/api/v2/users/invitations", new { email = Some.Email(), role = "ELEV" })).Expect(201).Id;
        things["/api-keys/{id}"] = (await lead.Post("/api/v2/api-keys", new { name = "lønn", scopes = Scopes })).Expect(201).Id;
        var customer = things["/customers/{id}"] = (await lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id;
        (await lead.Put($"/api/v2/economy/customers/{customer}", Some.Customer("Østlig Øks AS"), ("If-Match", "*"))).Expect(200);
        var invoice = things["/invoices/{id}"] = (await lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201).Id;
        (await lead.Post($"/api/v2/economy/invoices/{invoice}/send")).Expect(200);
    }
}
