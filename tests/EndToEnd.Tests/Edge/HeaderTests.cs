using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>Headers, parameters and methods that cannot be right.</summary>
[Collection(SqliteCollection.Name)]
public sealed class HeaderTests(SqliteApi api)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const string Customers = "/api/v2/economy/customers";

    private static readonly (string Value, int Status, string Code)[] IfMatch =
    [
        ("", 400, "invalid_precondition"), (",", 400, "invalid_precondition"), ("1", 400, "invalid_precondition"),
        ("w/\"1\"", 400, "invalid_precondition"), ("\"1", 400, "invalid_precondition"),
        ("'1'", 400, "invalid_precondition"), ("\"1\", 2", 400, "invalid_precondition"), ("\"1\" \"2\"", 400, "invalid_precondition"),
        ("*, \"1\"", 400, "invalid_precondition"),
        ("\"2\"", 412, "precondition_failed"), ("\"0\"", 412, "precondition_failed"), ("\"-1\"", 412, "precondition_failed"),
        ("\"+1\"", 412, "precondition_failed"),
        ("\"1.0\"", 412, "precondition_failed"), ("\"99999999999999\"", 412, "precondition_failed"), ("\"\"", 412, "precondition_failed"),
        ("\"abc\", \"3\"", 412, "precondition_failed"),
        ("W/\"1\"", 412, "precondition_failed"), ("\"01\"", 412, "precondition_failed"), ("\"2\",", 412, "precondition_failed"),
        ("\"2,1\"", 412, "precondition_failed"),
    ];

    [Fact]
    public async Task If_match_is_taken_as_written_or_refused()
    {
        var company = await api.NewCompany();
        var draft = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        var customer = (await company.Lead.Post(Customers, Some.Customer())).Expect(201).Id;
        await using var trace = await Trace.Begin(api, company);
        foreach (var (value, status, code) in IfMatch)
        {
            trace.Expect(
                await company.Lead.Put($"{Invoices}/{draft}", Some.Invoice(7), ("If-Match", value)), $"PUT invoice If-Match {value}",
                status, code);
            trace.Expect(
                await company.Lead.Put($"{Customers}/{customer}", Some.Customer("B"), ("If-Match", value)),
                $"PUT customer If-Match {value}", status, code);
            trace.Expect(
                await company.Lead.Post($"{Invoices}/{draft}/send", null, ("If-Match", value)), $"send If-Match {value}", status, code);
            trace.Expect(
                await company.Lead.Post($"{Customers}/{customer}/archive", null, ("If-Match", value)), $"archive If-Match {value}", status,
                code);
            trace.Expect(
                await company.Lead.Put(
                    $"/api/v2/companies/{company.Id}", new { name = "B", organisationNumber = "974760673" }, ("If-Match", value)),
                    $"PUT company If-Match {value}", status == 412 ? 412 : 400, code);
            trace.Expect(
                await company.Lead.Put("/api/v2/users/profile", new { firstName = "A", lastName = "B" }, ("If-Match", value)),
                $"PUT profile If-Match {value}", status, code);
        }

        foreach (var path in (string[])[
            $"{Invoices}/{draft}", $"{Customers}/{customer}", $"/api/v2/companies/{company.Id}", "/api/v2/users/profile"])
            trace.Expect(await company.Lead.Put(path, new { }), $"PUT {path} without If-Match", 428, "precondition_required");
        await trace.End();
        (await company.Lead.Put($"{Invoices}/{draft}", Some.Invoice(7), ("If-Match", ", \"7,8\" ,, \"1\","))).Expect(200);
        (await company.Lead.Put($"{Invoices}/{draft}", Some.Invoice(8), ("If-Match", "*"))).Expect(200);
    }

    [Fact]
    public async Task If_none_match_saves_the_body()
    {
        var company = await api.NewCompany();
        var draft = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        foreach (var (value, status) in ((string, int)[])[
            ("\"1\"", 304), ("W/\"1\"", 304), ("*", 304), ("\"9\", \"1\"", 304), (", \"9,8\",\"1\" ,", 304), ("\"2\"", 200),
            ("\"01\"", 200), ("\"1-v1\"", 200), ("1", 200), ("rubbish", 200), ("", 200)])
        {
            var answer = (await company.Lead.Get($"{Invoices}/{draft}", ("If-None-Match", value))).Expect(status);
            Assert.Equal("\"1\"", answer.ETag);
            Assert.True(status == 200 || answer.Body.Length == 0);
        }
    }

    [Fact]
    public async Task Idempotency_keys_have_a_form()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var key in (string[])["", new string('k', 256), new string('k', 5000), "two words", "tab\tulator"])
            trace.Expect(
                await company.Lead.Post(Invoices, Some.Invoice(), ("Idempotency-Key", key)),
                $"key of {key.Length}: {key[..Math.Min(20, key.Length)]}", 400, "invalid_idempotency_key");
        trace.Expect(
            await company.Lead.Post(Invoices, Some.Invoice(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")), "two keys", 400,
            "invalid_idempotency_key");
        await trace.End();
        var longest = new string('k', 255);
        var first = (await company.Lead.Post(Invoices, Some.Invoice(), ("Idempotency-Key", longest))).Expect(201);
        var again = (await company.Lead.Post(Invoices, Some.Invoice(), ("Idempotency-Key", longest))).Expect(201);
        Assert.Equal(
            (first.Body, first.ETag, first.Header("Location"), true), (again.Body, again.ETag, again.Header("Location"), again.IsReplay));
        (await company.Lead.Post(Invoices, Some.Invoice(7), ("Idempotency-Key", longest))).ExpectProblem(422, "idempotency_key_reused");
        Assert.False((await company.Lead.Post(Customers, Some.Customer(), ("Idempotency-Key", longest))).Expect(201).IsReplay);
    }

    [Fact]
    public async Task The_company_named_is_one_that_the_caller_may_name()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        var draft = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        await using var trace = await Trace.Begin(api, company);
        foreach (var rubbish in (string[])[
            "", "7", "null", $"{{{company.Id}}}", company.Id.ToString("N"), $"{company.Id},{other.Id}", "' or 1=1 --"])
        {
            trace.Expect(await company.Lead.Get(Invoices, ("X-Company-Id", rubbish)), $"lead names '{rubbish}'", 400, "invalid_parameter");
            trace.Expect(await api.Admin.Get(Invoices, ("X-Company-Id", rubbish)), $"admin names '{rubbish}'", 400, "invalid_parameter");
        }

        trace.Expect(
            await company.Lead.Get(Invoices, ("X-Company-Id", company.Id.ToString()), ("X-Company-Id", other.Id.ToString())),
            "two companies", 400, "invalid_parameter");
        trace.Expect(await company.Lead.For(other.Id).Get(Invoices), "another company", 404, "not_found");
        trace.Expect(await company.Lead.For(Guid.Empty).Get(Invoices), "no company", 404, "not_found");
        trace.Expect(await api.Admin.For(Guid.Empty).Get(Invoices), "admin names the platform", 404, "not_found");
        trace.Expect(await api.Admin.For(Guid.NewGuid()).Get(Invoices), "admin names a company that is not: list", 404, "not_found");
        trace.Expect(
            await api.Admin.For(Guid.NewGuid()).Post(Invoices, Some.Invoice()), "admin names a company that is not: invoice", 404,
            "not_found");
        trace.Expect(
            await api.Admin.For(Guid.NewGuid()).Post(Customers, Some.Customer()), "admin names a company that is not: customer", 404,
            "not_found");
        trace.Expect(await api.Admin.Get(Invoices), "admin names none", 400, "company_required");
        trace.Expect(await api.Admin.For(other.Id).Get($"{Invoices}/{draft}"), "admin asks the wrong company", 404, "not_found");
        await trace.End();
        (await company.Lead.For(company.Id).Get($"{Invoices}/{draft}")).Expect(200);
        (await api.Admin.For(company.Id).Get($"{Invoices}/{draft}")).Expect(200);
    }

    [Fact]
    public async Task What_is_another_companys_does_not_exist()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        var (draft, customer) = (
            (await other.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id, (await other.Lead.Post(Customers, Some.Customer()))
                .Expect(201).Id);
        await using var trace = await Trace.Begin(api, company);
        await using var foreign = await Trace.Begin(api, other);
        foreach (var id in (Guid[])[draft, Guid.NewGuid(), Guid.Empty])
        {
            foreach (var path in (string[])["", "/events", "?version=1", "?asOf=2030-01-01T00:00:00Z"])
                trace.Expect(await company.Lead.Get($"{Invoices}/{id}{path}"), $"GET {path}", 404, "not_found");
            foreach (var path in (string[])["send", "pay"])
                trace.Expect(await company.Lead.Post($"{Invoices}/{id}/{path}"), path, 404, "not_found");
            trace.Expect(await company.Lead.Post($"{Invoices}/{id}/cancel", new { reason = "x" }), "cancel", 404, "not_found");
            trace.Expect(
                await company.Lead.Post($"{Invoices}/{id}/payments/{Guid.NewGuid()}/reverse", new { reason = "x" }), "reverse", 404,
                "not_found");
            trace.Expect(await company.Lead.Put($"{Invoices}/{id}", Some.Invoice(), ("If-Match", "\"1\"")), "PUT", 404, "not_found");
            trace.Expect(await company.Lead.Put($"{Invoices}/{id}", Some.Invoice(), ("If-Match", "*")), "PUT *", 404, "not_found");
        }

        foreach (var id in (Guid[])[customer, Guid.NewGuid()])
        {
            foreach (var path in (string[])["", "/events", "?version=1"])
                trace.Expect(await company.Lead.Get($"{Customers}/{id}{path}"), $"GET customer {path}", 404, "not_found");
            trace.Expect(await company.Lead.Post($"{Customers}/{id}/archive"), "archive", 404, "not_found");
            trace.Expect(
                await company.Lead.Put($"{Customers}/{id}", Some.Customer(), ("If-Match", "\"1\"")), "PUT customer", 404, "not_found");
            trace.Expect(
                await company.Lead.Post(Invoices, Some.Invoice(customerId: id)), "invoice to it", 422, "validation_failed", "/customerId");
        }

        trace.Expect(await company.Lead.Get($"/api/v2/companies/{other.Id}"), "company", 404, "not_found");
        trace.Expect(
            await company.Lead.Put(
                $"/api/v2/companies/{other.Id}", new { name = "Mine", organisationNumber = Some.OrganisationNumber() }, ("If-Match", "*")),
                "PUT company", 404, "not_found");
        foreach (var path in (string[])[
            $"{Invoices}/7", $"{Invoices}/{draft:N}", $"{Invoices}/{{{draft}}}", $"{Invoices}/{draft}/nothing", "/api/v2/nothing",
            "/api/v2", "/api/v2/economy", "/nothing"])
            trace.Expect(await company.Lead.Get(path), path, 404, "not_found");
    }

    [Fact]
    public async Task Queries_have_a_form()
    {
        var company = await api.NewCompany();
        var draft = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        await using var trace = await Trace.Begin(api, company);
        string[] everywhere = [
            "limit=0", "limit=101", "limit=-1", "limit=1.5", "limit=1e1", "limit=", "limit=x", "limit=99999999999999999999",
            "limit=1&limit=1", "limit=%00", "limit=%D9%A1", "cursor=x", "cursor=", "cursor=%F0%9F", "colour=red", "Limit=1"];
        foreach (var query in everywhere.Concat([
            "includeTotal=1", "includeTotal=yes", "includeTotal=", "sort=", "sort=colour", "sort=--number", "sort=number-", "sort=Number",
            "sort=number,total", "sort=-", "q=", "q=%00", "q=a%0Ab", "q=" + new string('x', 201)]))
        {
            trace.Expect(await company.Lead.Get($"{Invoices}?{query}"), "invoices?" + query, 400);
            trace.Expect(await company.Lead.Get($"{Customers}?{query}"), "customers?" + query, 400);
        }

        foreach (var query in everywhere)
            trace.Expect(await company.Lead.Get($"/api/v2/users/company?{query}"), "users/company?" + query, 400);
        foreach (var query in everywhere) trace.Expect(await api.Admin.Get($"/api/v2/users?{query}"), "users?" + query, 400);
        foreach (var query in (string[])[
            "status=lost", "status=Draft", "status=", "overdue=1", "customerId=7", "customerId=", "from=2026-02-30", "from=x",
            "to=2026-13-01", "dueFrom=1", "dueTo=20260101", "minAmount=x", "minAmount=1e400", "minAmount=NaN", "minAmount=1,5",
            "maxAmount=1.005", "maxAmount=Infinity", "archived=true"])
            trace.Expect(await company.Lead.Get($"{Invoices}?{query}"), "invoices?" + query, 400);
        foreach (var query in (string[])[
            "version=0", "version=-1", "version=x", "version=1.5", "version=99999999999", "asOf=yesterday", "asOf=2026-02-30T00:00:00Z",
            "asOf=2026-01-01", "asOf=2026-01-01T00:00:00", "colour=red"])
            trace.Expect(await company.Lead.Get($"{Invoices}/{draft}?{query}"), "invoice?" + query, 400);
        trace.Expect(await company.Lead.Get($"{Invoices}/{draft}?version=2"), "a version to come", 404, "not_found");
        trace.Expect(await company.Lead.Get($"{Invoices}/{draft}?asOf=2020-01-01T00:00:00Z"), "before it was", 404, "not_found");
        (await company.Lead.Get($"{Invoices}?minAmount=5&maxAmount=1&from=2026-02-02&to=2026-01-01")).Expect(200);
    }

    [Fact]
    public async Task A_sort_may_begin_with_one_sign_in_every_list()
    {
        var company = await api.NewCompany();
        for (var n = 0; n < 2; n++) (await company.Lead.Post(Customers, Some.Customer())).Expect(201);
        for (var n = 0; n < 2; n++) (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        foreach (var (list, name) in ((string, string)[])[
            (Customers, "number"), (Customers, "createdAt"), (Invoices, "total"), ("/api/v2/audit", "position")])
        {
            var (upwards, downwards) = (await Sorted(name), await Sorted("-" + name));
            Assert.NotEqual(upwards, downwards);
            foreach (var sign in (string[])["+", "%2B", "%20"]) Assert.Equal(upwards, await Sorted(sign + name));
            foreach (var wrong in (string[])["--", "-%2B", "++", "%2B-", "%C2%A0"])
                (await company.Lead.Get($"{list}?sort={wrong}{name}")).ExpectProblem(400, "invalid_parameter");
            async Task<string> Sorted(string sort) =>
                string.Join(
                    ' ',
                    (await company.Lead.Get($"{list}?sort={sort}")).Expect(200)["items"].EnumerateArray()
                        .Select(item => item.GetProperty("id").GetString()));
        }
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_405_with_those_it_takes()
    {
        var company = await api.NewCompany();
        var id = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        foreach (var (method, path, allow) in ((string, string, string)[])
            [
                ("DELETE", Invoices, "GET, POST"), ("PUT", Invoices, "GET, POST"), ("PATCH", $"{Invoices}/{id}", "GET, PUT"),
                ("DELETE", $"{Invoices}/{id}", "GET, PUT"), ("GET", $"{Invoices}/{id}/send", "POST"),
            ("BREW", Invoices, "GET, POST"), ("TRACE", Invoices, "GET, POST"), ("DELETE", "/api/v2/users/profile", "GET, PUT"),
            ("GET", "/api/v2/auth/login", "POST"), ("DELETE", "/api/auth/login", "POST"), ("POST", "/health", "GET")])
        {
            var answer = (await company.Lead.Send(new HttpMethod(method), path, null)).Expect(405);
            if (path.StartsWith("/api/v2", StringComparison.Ordinal)) answer.ExpectProblem(405, "method_not_allowed");
            Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow.Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task What_cannot_be_made_is_406_before_anything_happens()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var accept in (string[])[
            "text/html", "application/xml", "image/*", "application/json;q=0", "application/pdf, text/csv;q=0.5"])
            trace.Expect(await company.Lead.Post(Invoices, Some.Invoice(), ("Accept", accept)), accept, 406, "not_acceptable");
        await trace.End();
        foreach (var accept in (string[])[
            "*/*", "application/*", "text/html, */*;q=0.1", "application/json", "application/problem+json",
            "text/html;q=1, application/json;q=0.2"])
            (await company.Lead.Get(Invoices, ("Accept", accept))).Expect(200);
    }

    [Fact]
    public async Task Versions_come_from_path_header_and_accept_and_must_agree()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        const string V1 = "application/vnd.tms.v1+json", V2 = "application/vnd.tms.v2+json";
        (string Path, string? Header, string? Accept, int Status, string? Code, string Served)[] table =
        [
            ("/api/users/profile", null, null, 200, null, "1.0"), ("/api/v1/users/profile", null, null, 200, null, "1.0"),
            ("/api/v2/users/profile", null, null, 200, null, "2.0"),
            ("/api/users/profile", "2", null, 200, null, "2.0"), ("/api/users/profile", "2.0", null, 200, null, "2.0"),
            ("/api/users/profile", "2.0.0", null, 200, null, "2.0"),
            ("/api/users/profile", "2.7.9", null, 200, null, "2.0"), ("/api/users/profile", "1.9", null, 200, null, "1.0"),
            ("/api/users/profile", null, V2, 200, null, "2.0"),
            ("/api/users/profile", null, "application/vnd.tms.v2.0+json", 200, null, "2.0"),
            ("/api/users/profile", null, V1, 200, null, "1.0"), ("/api/v2/users/profile", "2.0.0", V2, 200, null, "2.0"),
            ("/api/v2/users/profile", "1.0", null, 400, "ambiguous_api_version", "2.0"),
            ("/api/v1/users/profile", null, V2, 400, "ambiguous_api_version", "2.0"),
            ("/api/users/profile", "2", V1, 400, "ambiguous_api_version", "2.0"),
            ("/api/users/profile", "3", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "0", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "two", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "-1", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "2.0.0.0", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "99999999999999", null, 400, "unsupported_api_version", "2.0"),
            ("/api/users/profile", "2.x", null, 400, "unsupported_api_version", "2.0"),
            ("/api/v9/users/profile", null, null, 400, "unsupported_api_version", "2.0"),
            ("/api/v2.0/users/profile", null, null, 200, null, "2.0"),
            ("/api/users/profile", null, "application/vnd.tms.v9+json", 400, "unsupported_api_version", "2.0"),
        ];
        foreach (var (path, header, accept, status, code, served) in table)
        {
            var headers = new[] { ("X-API-Version", header), ("Accept", accept) }.Where(h => h.Item2 is not null)
                .Select(h => (h.Item1, h.Item2!)).ToArray();
            var what = $"{path} {header} {accept}";
            var answer = await company.Lead.Get(path, headers);
            trace.Expect(answer, what, status, code);
            Assert.True(answer.Header("X-API-Version") == served, $"{what}: served {answer.Header("X-API-Version")}");
            Assert.Equal(("1.0, 2.0", "1.0"), (answer.Header("api-supported-versions"), answer.Header("api-deprecated-versions")));
            if (code is not null) Assert.Equal(["1.0", "2.0"], answer["supported"].EnumerateArray().Select(v => v.GetString()));
            if (status == 200 && accept is not null) Assert.Equal(accept, answer.MediaType);
            Assert.Equal(served == "1.0", answer.Header("Deprecation") is not null);
        }
    }
}
