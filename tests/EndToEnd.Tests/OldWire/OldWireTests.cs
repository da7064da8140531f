using System.Text.Json;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.OldWire;

/// <summary>What clients of the old system rely on (contract, section 9).</summary>
public abstract class OldWireTests(ApiFixture api)
{
    private const string Invoices = "/api/v1/economy/invoices";

    private static object Faktura(object? kunde = null, decimal mvaSats = 25, decimal antall = 2) => new
    {
        kunde = kunde ?? new { navn = "Ålesund Frakt AS" },
        fakturaLinjer = new[] { new { beskrivelse = "Frakt", antall, enhetspris = 100, mvaSats, rabattProsent = 10 } },
        fakturadato = "2026-01-10",
        forfallsdato = "2026-01-24",
        referanse = "PO 7",
        notat = "Takk",
    };

    [Fact]
    public async Task Login_verify_and_profile_have_their_old_shapes()
    {
        var company = await api.NewCompany();
        var login = (await api.Anonymous.Post("/api/auth/login", new { email = company.Email, password = Company.Password })).Expect(200);
        Assert.Equal(["token", "user"], Names(login.Json));
        Assert.Equal(["id", "email", "fornavn", "etternavn", "rolle", "bedrift"], Names(login["user"]));
        Assert.Equal("HOVEDBRUKER", login["user"].GetProperty("rolle").GetString());
        Assert.Equal(["id", "navn", "organisasjonsnummer"], Names(login["user"].GetProperty("bedrift")));
        var token = login["token"].GetString();
        var verified = (await api.Anonymous.Post("/api/auth/verify", new { token })).Expect(200);
        Assert.Equal((true, login["user"].GetRawText()), (verified["valid"].GetBoolean(), verified["user"].GetRawText()));
        Assert.False((await api.Anonymous.Post("/api/auth/verify", new { token = "x" })).Expect(200)["valid"].GetBoolean());
        var profile = (await api.Anonymous.With(token).Get("/api/users/profile")).Expect(200);
        foreach (var name in (string[])[
            "id", "email", "fornavn", "etternavn", "rolle", "telefon", "adresse", "postnummer", "poststed", "bedrift", "isActive",
            "createdAt", "updatedAt"])
            Assert.True(profile.Json.TryGetProperty(name, out _), name);
    }

    [Fact]
    public async Task An_invoice_goes_its_way_in_old_words()
    {
        var company = await api.NewCompany();
        var customer = (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id;
        var made = (await company.Lead.Post(
            Invoices,
            new
            {
                kundeId = customer,
                fakturaLinjer = new[] { new { beskrivelse = "Frakt", antall = 2, enhetspris = 100, mvaSats = 25, rabattProsent = 10 } }
            }))
                .Expect(201);
        Assert.Equal($"{Invoices}/{made.Id}", made.Header("Location"));
        Assert.Equal((180m, 45m, 225m, 0m, 225m), Sums(made));
        Assert.Equal((customer, "draft"), (made["kundeId"].GetGuid(), made["status"].GetString()));
        Assert.Equal(["beskrivelse", "antall", "enhetspris", "mvaSats", "rabattProsent"], Names(made["fakturaLinjer"][0]));
        var changed = (await company.Lead.Put($"{Invoices}/{made.Id}", Faktura())).Expect(200);
        Assert.Equal(
            ("2026-01-10", "2026-01-24", "PO 7", "Takk"),
            (
                changed["fakturadato"].GetString(), changed["forfallsdato"].GetString(), changed["referanse"].GetString(),
                changed["notat"].GetString()));
        var sent = (await company.Lead.Post($"{Invoices}/{made.Id}/send")).Expect(200);
        Assert.Equal((1L, "sent"), (sent["fakturanummer"].GetInt64(), sent["status"].GetString()));
        Assert.Equal(
            (180m, 45m, 225m, 25m, 200m),
            Sums((await company.Lead.Post($"{Invoices}/{made.Id}/pay", new { belop = 25, dato = "2026-01-12", referanse = "bank" }))
                .Expect(200)));
        Assert.Equal("paid", (await company.Lead.Post($"{Invoices}/{made.Id}/pay")).Expect(200)["status"].GetString());
        Assert.Equal(
            sent["kid"].GetString(), (await company.Lead.Get($"/api/v2/economy/invoices/{made.Id}")).Expect(200)["kid"].GetString());
        var draft = (await company.Lead.Post("/api/economy/invoices", Faktura(mvaSats: 0))).Expect(201).Id;
        Assert.Equal(
            "cancelled",
            (await company.Lead.Post($"/api/economy/invoices/{draft}/cancel", new { grunn = "dobbelt" }))
                .Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task What_a_GET_shows_can_be_put_back()
    {
        var company = await api.NewCompany();
        var customer = (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id;
        var written = (await company.Lead.Post(
            Invoices, Faktura(new { navn = "A", organisasjonsnummer = Some.OrganisationNumber(), email = "a@tms.example" })))
            .Expect(201).Id;
        var registered = (await company.Lead.Post(
            Invoices, new { kundeId = customer, fakturaLinjer = new[] { new { beskrivelse = "x", enhetspris = 1, mvaSats = 25 } } }))
            .Expect(201).Id;
        foreach (var path in (string[])[
            $"{Invoices}/{written}", $"{Invoices}/{registered}", $"/api/v1/companies/{company.Id}", "/api/v1/users/profile"])
        {
            var shown = (await company.Lead.Get(path)).Expect(200);
            var put = (await company.Lead.Put(path, shown.Json, ("If-Match", shown.ETag!))).Expect(200);
            Assert.Equal(Said(shown), Said(put));
            Assert.EndsWith("-v1\"", put.ETag, StringComparison.Ordinal);
        }

        (await company.Lead.Post(Invoices, (await company.Lead.Get($"{Invoices}/{registered}")).Expect(200).Json)).Expect(400);
    }

    [Fact]
    public async Task Lists_come_by_page_number()
    {
        var company = await api.NewCompany();
        for (var i = 0; i < 3; i++) (await company.Lead.Post(Invoices, Faktura())).Expect(201);
        var page = (await company.Lead.Get($"{Invoices}?page=2&limit=2&ukjent=1")).Expect(200);
        Assert.Equal(["data", "pagination"], Names(page.Json));
        Assert.Equal("""{"page":2,"limit":2,"total":3,"totalPages":2}""", page["pagination"].GetRawText());
        Assert.Equal(1, page["data"].GetArrayLength());
        Assert.Equal(0, (await company.Lead.Get($"{Invoices}?page=9")).Expect(200)["data"].GetArrayLength());
        foreach (var query in (string[])["page=0", "page=x", "limit=101", "limit=0", "status=lost", "fra=2026-02-30", "kundeId=7"])
            Error(await company.Lead.Get($"{Invoices}?{query}"), 400, "invalid_parameter");
        var users = (await api.Admin.Get("/api/v1/users?limit=1")).Expect(200);
        Assert.Equal(1, users["data"].GetArrayLength());
        Assert.True(users["pagination"].GetProperty("total").GetInt64() > 1);
    }

    [Fact]
    public async Task Errors_have_their_old_shape()
    {
        var company = await api.NewCompany();
        Error(await api.Anonymous.Get(Invoices), 401, "unauthenticated");
        Error(await api.As(Role.Elev, company).Get(Invoices), 403, "forbidden");
        Error(await company.Lead.Get($"{Invoices}/{Guid.NewGuid()}"), 404, "not_found");
        Error(await company.Lead.Get("/api/v1/nothing"), 404, "not_found");
        Error(await company.Lead.Send(HttpMethod.Delete, Invoices, null), 405, "method_not_allowed");
        Error(await company.Lead.PostText(Invoices, "{"), 400, "malformed_json");
        Error(await company.Lead.Post(Invoices, Faktura(), ("Accept", "text/html")), 406, "not_acceptable");
        var paid = (await company.Lead.Post(Invoices, Faktura())).Expect(201).Id;
        Error(await company.Lead.Post($"{Invoices}/{paid}/pay"), 409, "invoice_not_payable");
        Error(await company.Lead.Put($"{Invoices}/{paid}", Faktura(), ("If-Match", "\"7\"")), 412, "precondition_failed");
        Error(await api.Anonymous.Post("/api/v1/auth/login", new { email = company.Email, password = "wrong" }), 401, "unauthenticated");
    }

    [Fact]
    public async Task Faults_are_400_with_old_names()
    {
        var company = await api.NewCompany();
        Faults(await company.Lead.PostText(Invoices, """{"lines":[],"fakturaLinjer":[{"antall":1.00001}]}"""),
            "kunde", "lines", "fakturaLinjer[0].antall", "fakturaLinjer[0].beskrivelse", "fakturaLinjer[0].enhetspris",
            "fakturaLinjer[0].mvaSats");
        Faults(await company.Lead.Post(Invoices, Faktura(mvaSats: 24)), "fakturaLinjer[0].mvaSats");
        Faults(
            await company.Lead.Post(Invoices, Faktura(new { navn = "A", organisasjonsnummer = "123456789" })), "kunde.organisasjonsnummer");
        Faults(
            await company.Lead.Post(
                Invoices,
                new { kundeId = Guid.NewGuid(), fakturaLinjer = new[] { new { beskrivelse = "x", enhetspris = 1, mvaSats = 25 } } }),
                "kundeId");
        Faults(
            await company.Lead.Post(Invoices, new { fakturaLinjer = Array.Empty<object>(), fakturadato = "2026-02-30" }), "fakturaLinjer",
            "fakturadato", "kunde");
        Faults(await company.Lead.Post($"{Invoices}/{Guid.NewGuid()}/cancel", new { }), "grunn");
    }

    [Fact]
    public async Task Every_old_answer_says_that_it_ends()
    {
        var company = await api.NewCompany();
        foreach (var answer in (Answer[])[
            await company.Lead.Get(Invoices), await company.Lead.Get($"{Invoices}/{Guid.NewGuid()}"),
            await api.Anonymous.Get("/api/users/profile")])
        {
            Assert.Equal(
                ("1.0", "1.0, 2.0", "1.0"),
                (answer.Header("X-API-Version"), answer.Header("api-supported-versions"), answer.Header("api-deprecated-versions")));
            Assert.Matches("^@[0-9]+$", answer.Header("Deprecation"));
            Assert.Equal("Fri, 31 Dec 2027 23:59:59 GMT", answer.Header("Sunset"));
            Assert.Matches("</api/v2/[^>]+>; rel=\"successor-version\".*rel=\"deprecation\"", answer.Header("Link"));
        }

        Assert.Null((await company.Lead.Get("/api/v2/users/profile")).Header("Deprecation"));
    }

    [Fact]
    public async Task The_three_lines_of_the_contract_work_as_written()
    {
        var v2 = (await api.Admin.Get("/api/users", ("X-API-Version", "2.0.0"))).Expect(200);
        var vendor = (await api.Admin.Get("/api/users", ("Accept", "application/vnd.tms.v2+json"))).Expect(200);
        var path = (await api.Admin.Get("/api/v2/users")).Expect(200);
        Assert.Equal(
            ("application/json", "application/vnd.tms.v2+json", "application/json"), (v2.MediaType, vendor.MediaType, path.MediaType));
        foreach (var answer in (Answer[])[v2, vendor, path])
        {
            Assert.Equal(["items", "nextCursor"], Names(answer.Json));
            Assert.Equal("2.0", answer.Header("X-API-Version"));
        }
    }

    [Fact]
    public async Task Who_manages_users_registers_them_and_nobody_else_does()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        object Person(string? email = null, Guid? bedriftId = null, string rolle = "BRUKER", string password = Company.Password) =>
            new { email = email ?? Some.Email(), password, fornavn = "Ola", etternavn = "Ås", bedriftId = bedriftId ?? company.Id, rolle };

        const string Register = "/api/auth/register";
        Error(await api.Anonymous.Post(Register, Person()), 401, "unauthenticated");
        foreach (var role in (Role[])[Role.Elev, Role.Bruker])
            Error(await api.As(role, company).Post(Register, Person()), 403, "forbidden");
        Error(await company.Lead.Post(Register, Person(bedriftId: other.Id)), 403, "forbidden");
        Error(await company.Lead.Post(Register, Person(rolle: "ADMIN")), 403, "forbidden");
        Error(await other.Lead.Post(Register, Person()), 403, "forbidden");
        Faults(await api.Admin.Post(Register, Person(bedriftId: Guid.NewGuid())), "bedriftId");
        Faults(await api.Admin.Post(Register, Person(rolle: "ADMIN")), "rolle");
        Faults(await company.Lead.Post(Register, Person(email: "nobody", password: "passord123")), "email", "password");
        Faults(await company.Lead.PostText(Register, """{"rolle":"KONGE"}"""), "email", "password", "fornavn", "etternavn", "rolle");
        var email = Some.Email();
        var made = (await company.Lead.Post(Register, Person(email))).Expect(201);
        Assert.Equal((email, "BRUKER"), (made["user"].GetProperty("email").GetString(), made["user"].GetProperty("rolle").GetString()));
        Error(await company.Lead.Post(Register, Person(email)), 409, "email_taken");
        var trainee = Some.Email();
        (await api.Admin.Post(Register, Person(trainee, rolle: "ELEV"))).Expect(201);
        Assert.Equal(
            "BRUKER", (await (await Companies.LogIn(api.Anonymous, email)).Get("/api/v2/users/profile")).Expect(200)["role"].GetString());
        Error(await (await Companies.LogIn(api.Anonymous, trainee)).Get(Invoices), 403, "forbidden");
        Assert.Equal(3, (await company.Lead.Get("/api/v2/users/company")).Expect(200)["items"].GetArrayLength());
    }

    private static void Error(Answer answer, int status, string code)
    {
        answer.Expect(status);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(["error", "code", "timestamp", "path"], Names(answer.Json));
        Assert.Equal(code, answer["code"].GetString());
        Assert.Equal(answer.Request.Split(' ')[1].Split('?')[0], answer["path"].GetString());
    }

    private static void Faults(Answer answer, params string[] fields)
    {
        answer.Expect(400);
        Assert.Equal(["errors"], Names(answer.Json));
        Assert.Equal(fields.Order(StringComparer.Ordinal), answer.Fields.Order(StringComparer.Ordinal));
        Assert.All(
            answer["errors"].EnumerateArray(), e => Assert.Equal(["code", "field", "message"], Names(e).Order(StringComparer.Ordinal)));
    }

    private static (decimal, decimal, decimal, decimal, decimal) Sums(Answer faktura) =>
        (faktura["netto"].GetDecimal(), faktura["mva"].GetDecimal(),
        faktura["brutto"].GetDecimal(), faktura["betalt"].GetDecimal(), faktura["utestaende"].GetDecimal());

    private static string Said(Answer answer) =>
        string.Join('\n', answer.Json.EnumerateObject().Where(p => p.Name != "updatedAt").Select(p => $"{p.Name}: {p.Value.GetRawText()}"));

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];
}

[Collection(SqliteCollection.Name)]
public sealed class OldWireOnSqlite(SqliteApi api) : OldWireTests(api);

[Collection(PostgresCollection.Name)]
public sealed class OldWireOnPostgres(PostgresApi api) : OldWireTests(api);
