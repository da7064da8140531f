using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Audit;

/// <summary><c>GET /api/audit</c>: who has done what, for those who may see it.</summary>
public abstract class AuditTrailTests(ApiFixture api)
{
    private const string Customers = "/api/v2/economy/customers";
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task A_trail_is_every_event_of_the_company_the_newest_first_with_its_hash()
    {
        var company = await api.NewCompany();
        var invoice = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await company.Lead.Post($"{Invoices}/{invoice}/send")).Expect(200);
        var all = await company.Lead.Audit();
        // The third event is the login that came with the registration: it concerns its person only.
        Assert.Equal([5, 4, 2, 1], all.Select(e => e.Position()));
        Assert.Equal(["INVOICE_SENT", "INVOICE_CREATED"], all.Take(2).Select(e => e.Text("type")));
        Assert.Contains(all, e => e.Text("type") == "COMPANY_CREATED");
        var sent = all[0];
        Assert.Equal(
            ($"/companies/{company.Id}", $"invoices/{invoice}", company.LeadId.ToString(), 2),
            (sent.Text("source"), sent.Text("subject"), sent.Text("actor"), sent.GetProperty("version").GetInt32()));
        Assert.Equal(64, sent.Text("hash").Length);
        var own = (await company.Lead.Get($"{Invoices}/{invoice}/events")).Items();
        Assert.Equal(own[1].GetRawText(), sent.GetRawText());
        Assert.Equal(
            all.Reverse().Select(e => e.GetRawText()), (await company.Lead.Audit("sort=position&limit=2")).Select(e => e.GetRawText()));
    }

    [Fact]
    public async Task Pages_join_without_gaps_and_repeats_while_others_write()
    {
        var company = await api.NewCompany();
        for (var n = 0; n < 6; n++) (await company.Lead.Post(Customers, Some.Customer())).Expect(201);
        var before = (await company.Lead.Audit("limit=100")).Select(e => e.Position()).ToArray();
        foreach (var (sort, expected) in (IEnumerable<(string, long[])>)[("-position", before), ("position", [.. before.Reverse()])])
        {
            var seen = new List<long>();
            for (string? cursor = null; ;)
            {
                var page = await company.Lead.Get(
                    $"{Trail.Path}?sort={sort}&limit=2&to=2199-01-01T00:00:00Z{(cursor is null ? "" : $"&cursor={cursor}")}");
                seen.AddRange(page.Items().Select(e => e.Position()));
                (await company.Lead.Post(Customers, Some.Customer())).Expect(201);
                cursor = page["nextCursor"].GetString();
                if (cursor is null || seen.Count >= expected.Length) break;
            }

            Assert.Equal(expected, seen.Take(expected.Length));
        }
    }

    [Fact]
    public async Task It_is_filtered_by_actor_type_and_stream_together()
    {
        var company = await api.NewCompany();
        var clerk = await Colleague.Join(api.Anonymous, company, "BRUKER");
        var (first, second) = (
            (await clerk.Client.Post(Invoices, Some.Invoice())).Expect(201).Id, (await clerk.Client.Post(Invoices, Some.Invoice()))
                .Expect(201).Id);
        (await company.Lead.Post($"{Invoices}/{first}/send")).Expect(200);
        (await api.As(Role.Admin, company).Post($"{Invoices}/{second}/send")).Expect(200);

        string[] Types(IEnumerable<System.Text.Json.JsonElement> events) => [.. events.Select(e => e.Text("type"))];
        Assert.Equal(["INVOICE_CREATED", "INVOICE_CREATED"], Types(await company.Lead.Audit($"actor={clerk.Id}")));
        Assert.Equal(
            ["INVOICE_CREATED", "INVOICE_CREATED"],
            Types(await company.Lead.Audit($"actor={clerk.Id.ToString().ToUpperInvariant()}&limit=1")));
        Assert.Equal(["INVOICE_SENT"], Types(await company.Lead.Audit($"actor={api.AdminId}")));
        Assert.Equal(
            ["INVOICE_SENT", "INVOICE_SENT", "INVOICE_CREATED", "INVOICE_CREATED"],
            Types(await company.Lead.Audit("type=INVOICE_CREATED,INVOICE_SENT")));
        Assert.Equal(
            ["INVOICE_SENT", "INVOICE_SENT", "INVOICE_CREATED", "INVOICE_CREATED"],
            Types(await company.Lead.Audit("stream=invoices&limit=1")));
        Assert.Equal(["INVOICE_SENT", "INVOICE_CREATED"], Types(await company.Lead.Audit($"stream=invoices/{first}&limit=1")));
        Assert.Equal(["INVOICE_CREATED"], Types(await company.Lead.Audit($"stream=invoices/{first}&actor={clerk.Id}")));
        Assert.Empty(await company.Lead.Audit($"stream=customers/{first}"));
        Assert.Empty(await company.Lead.Audit("actor=nobody"));
        Assert.Empty(await company.Lead.Audit($"type=INVOICE_SENT&actor={clerk.Id}"));
        var total = (await company.Lead.Get($"{Trail.Path}?stream=invoices&limit=1&includeTotal=true")).Expect(200);
        Assert.Equal(4, total["total"].GetInt32());
    }

    [Fact]
    public async Task Times_cut_it_exactly()
    {
        var company = await api.NewCompany();
        for (var n = 0; n < 5; n++) (await company.Lead.Post(Customers, Some.Customer())).Expect(201);
        var all = await company.Lead.Audit("sort=position&limit=100");
        foreach (var cut in all)
        {
            var time = Uri.EscapeDataString(cut.Text("time"));
            // Events of one append share their time.
            var (later, earlier) = (all.Where(e => e.At() >= cut.At()), all.Where(e => e.At() < cut.At()));
            Assert.Equal(
                later.Select(e => e.Position()),
                (await company.Lead.Audit($"sort=position&from={time}&limit=2")).Select(e => e.Position()));
            Assert.Equal(
                earlier.Select(e => e.Position()).Reverse(), (await company.Lead.Audit($"to={time}&limit=2")).Select(e => e.Position()));
        }

        var subject = all[^1].Text("subject");
        Assert.Single(await company.Lead.Audit($"stream={subject}&from={Uri.EscapeDataString(all[^1].Text("time"))}"));
        Assert.Empty(await company.Lead.Audit($"stream={subject}&to={Uri.EscapeDataString(all[^1].Text("time"))}"));
        Assert.Empty(await company.Lead.Audit("from=2190-01-01T00:00:00Z"));
        Assert.Empty(await company.Lead.Audit("from=2190-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task A_page_that_found_too_little_is_short_and_says_where_to_go_on()
    {
        var company = await api.NewCompany();
        var first = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        for (var n = 0; n < 42; n++) await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => company.Lead.Post(Customers, Some.Customer())));

        var pages = await company.Lead.AuditPages("type=INVOICE_CREATED");
        Assert.Equal(2, pages.Count);
        Assert.Empty(pages[0]);
        Assert.Equal($"invoices/{first}", Assert.Single(pages[1]).Text("subject"));
        Assert.Equal(
            [1, 0],
            (await company.Lead.AuditPages($"sort=position&actor={company.LeadId}&type=INVOICE_CREATED")).Select(page => page.Length));
        // What an index leads to is found at once.
        Assert.Single(Assert.Single(await company.Lead.AuditPages($"stream=invoices/{first}")));
        Assert.True((await company.Lead.Audit("limit=100")).Count > 2100);
    }

    [Fact]
    public async Task Nobody_sees_more_here_than_elsewhere()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        (await company.Lead.Post($"/api/v2/users/profile/email", new { email = Some.Email(), password = Company.Password })).Expect(202);
        Assert.DoesNotContain(await company.Lead.Audit(), e => e.Text("type") == "USER_EMAIL_CHANGE_REQUESTED");
        Assert.Empty(await company.Lead.Audit("type=USER_EMAIL_CHANGE_REQUESTED"));

        var auditor = await api.Key(company, Permission.Audit, Permission.CompanyRead);
        var seen = (await auditor.Audit()).Select(e => e.Text("type")).ToArray();
        Assert.Contains("COMPANY_CREATED", seen);
        Assert.DoesNotContain(
            seen, type => type.StartsWith("INVOICE", StringComparison.Ordinal) || type.StartsWith("USER", StringComparison.Ordinal));

        var invoice = (await company.Lead.Audit("type=INVOICE_CREATED"))[0].Text("subject");
        Assert.Empty(await other.Lead.Audit($"stream={invoice}"));
        (await company.Lead.Get(Trail.Path, ("X-Company-Id", other.Id.ToString()))).ExpectProblem(404, "not_found");
        (await api.As(Role.Bruker, company).Get(Trail.Path)).ExpectProblem(403, "forbidden");
        (await api.Admin.Get(Trail.Path)).ExpectProblem(400, "company_required");
        Assert.Equal(
            (await company.Lead.Audit()).Select(e => e.GetRawText()),
            (await api.As(Role.Admin, company).Audit()).Select(e => e.GetRawText()));

        await api.SetModules(company);
        Assert.Empty(await company.Lead.Audit("type=INVOICE_CREATED"));
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_said()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        (await company.Lead.Get($"{Trail.Path}?type=INVOICE_SENT,NO_SUCH_THING")).ExpectProblem(400, "invalid_parameter");
        foreach (var query in (string[])[
            "sort=time", "stream=invoices/7", "stream=%2F", "stream=INVOICES", "from=yesterday", "limit=101", "actor="])
            (await company.Lead.Get($"{Trail.Path}?{query}")).ExpectProblem(400, "invalid_parameter");
        (await company.Lead.Get($"{Trail.Path}?kind=invoices")).ExpectProblem(400, "unknown_parameter");
        Assert.Equal("unsupported_api_version", (await company.Lead.Get("/api/v1/audit")).Expect(400).Code);

        var cursor = (await company.Lead.Get($"{Trail.Path}?limit=1")).Expect(200)["nextCursor"].GetString();
        foreach (var (client, query) in (IEnumerable<(Client, string)>)[
            (company.Lead, "sort=position"), (company.Lead, "stream=invoices"), (company.Lead, "actor=x"), (other.Lead, "limit=1")])
            (await client.Get($"{Trail.Path}?{query}&cursor={cursor}")).ExpectProblem(400, "invalid_cursor");
    }
}

[Collection(SqliteCollection.Name)]
public sealed class AuditTrailTestsOnSqlite(SqliteApi api) : AuditTrailTests(api);

[Collection(PostgresCollection.Name)]
public sealed class AuditTrailTestsOnPostgres(PostgresApi api) : AuditTrailTests(api);
