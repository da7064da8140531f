using System.Globalization;
using System.Text.Json.Nodes;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Invoices;

public abstract class InvoiceLifecycleTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task A_draft_is_created_read_changed_sent_and_paid()
    {
        var lead = (await api.NewCompany()).Lead;
        var created = (await lead.Post(Invoices, Some.Invoice())).Expect(201);
        Assert.Equal("\"1\"", created.ETag);
        Assert.Equal(("draft", 1), (created["status"].GetString(), created.Version));
        Assert.Equal($"{Invoices}/{created.Id}", created.Headers.Location!.ToString());

        var changed = (await lead.Put($"{Invoices}/{created.Id}", Some.Invoice(200m), ("If-Match", "\"1\""))).Expect(200);
        Assert.Equal(("\"2\"", 250.00m), (changed.ETag, changed["totals"].GetProperty("gross").GetDecimal()));

        var sent = (await lead.Post($"{Invoices}/{created.Id}/send")).Expect(200);
        Assert.Equal(("sent", 1L), (sent["status"].GetString(), sent["number"].GetInt64()));
        Assert.Equal(15, sent["kid"].GetString()!.Length);
        Assert.Equal("Fjord Transport AS", sent["seller"].GetProperty("name").GetString());

        var paid = (await lead.Post($"{Invoices}/{created.Id}/pay")).Expect(200);
        Assert.Equal(("paid", 0m), (paid["status"].GetString(), paid["totals"].GetProperty("outstanding").GetDecimal()));
        Assert.Equal(paid.Body, (await lead.Get($"{Invoices}/{created.Id}")).Expect(200).Body);
    }

    [Fact]
    public async Task The_view_has_every_field_of_the_contract()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead);
        var view = (await lead.Get($"{Invoices}/{id}")).Expect(200).Json;
        string[] names =
        [
            "id", "number", "kid", "status", "isOverdue", "seller", "customer", "issueDate", "dueDate", "currency", "reference", "note",
            "customerId", "paymentTermsDays",
            "deliveryDate", "deliveryPlace", "lines", "allowances", "charges", "prepaid", "payableRounding", "totals", "payments",
            "creditNotes", "version", "createdAt", "updatedAt",
        ];
        Assert.All(names, name => Assert.True(view.TryGetProperty(name, out _), name));
        string[] sums = ["net", "vat", "vatAmount", "gross", "prepaid", "payableRounding", "payable", "paid", "outstanding"];
        Assert.All(sums, name => Assert.True(view.GetProperty("totals").TryGetProperty(name, out _), name));
        string[] group = ["category", "rate", "base", "amount"];
        Assert.All(group, name => Assert.True(view.GetProperty("totals").GetProperty("vat")[0].TryGetProperty(name, out _), name));
        Assert.Equal(100m, view.GetProperty("lines")[0].GetProperty("net").GetDecimal());
        Assert.EndsWith("Z", view.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_get_shows_can_be_put_back()
    {
        var lead = (await api.NewCompany()).Lead;
        var customer = (await lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201).Id;
        foreach (var body in (object[])[Some.Invoice(reference: "PO-7"), Some.Invoice(customerId: customer)])
        {
            var id = (await lead.Post(Invoices, body)).Expect(201).Id;
            var shown = (await lead.Get($"{Invoices}/{id}")).Expect(200);
            var back = (await lead.PutText($"{Invoices}/{id}", shown.Body, ("If-Match", shown.ETag!))).Expect(200);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown.Body), JsonNode.Parse(back.Body)), $"{shown.Body} became {back.Body}");
        }
    }

    [Fact]
    public async Task Etags_say_what_is_known_and_what_may_be_written()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        var path = $"{Invoices}/{id}";
        var known = (await lead.Get(path, ("If-None-Match", "\"1\""))).Expect(304);
        Assert.Equal(("", "\"1\""), (known.Body, known.ETag));
        (await lead.Get(path, ("If-None-Match", "W/\"1\""))).Expect(304);
        (await lead.Get(path, ("If-None-Match", "*"))).Expect(304);
        (await lead.Get(path, ("If-None-Match", "\"7\""))).Expect(200);
        (await lead.Put(path, Some.Invoice())).ExpectProblem(428, "precondition_required");
        (await lead.Put(path, Some.Invoice(2m), ("If-Match", "\"7\""))).ExpectProblem(412, "precondition_failed");
        (await lead.Put(path, Some.Invoice(2m), ("If-Match", "\"1\""))).Expect(200);
        (await lead.Put(path, Some.Invoice(3m), ("If-Match", "\"1\""))).ExpectProblem(412, "precondition_failed");
        (await lead.Put(path, Some.Invoice(3m), ("If-Match", "*"))).Expect(200);
        (await lead.Post($"{path}/send", null, ("If-Match", "\"1\""))).ExpectProblem(412, "precondition_failed");
        (await lead.Post($"{path}/send", null, ("If-Match", "\"1\", \"3\""))).Expect(200);
        (await lead.Put(path, Some.Invoice(3m), ("If-Match", "nonsense"))).ExpectProblem(400, "invalid_precondition");
    }

    [Fact]
    public async Task An_invoice_is_shown_as_it_was()
    {
        var lead = (await api.NewCompany()).Lead;
        var created = (await lead.Post(Invoices, Some.Invoice(1m))).Expect(201);
        var path = $"{Invoices}/{created.Id}";
        var changed = (await lead.Put(path, Some.Invoice(2m), ("If-Match", "*"))).Expect(200);
        (await lead.Post($"{path}/send")).Expect(200);
        Assert.Equal(created.Body, (await lead.Get($"{path}?version=1")).Expect(200).Body);
        Assert.Equal(changed.Body, (await lead.Get($"{path}?version=2")).Expect(200).Body);
        Assert.Equal(
            changed.Body, (await lead.Get($"{path}?asOf={Uri.EscapeDataString(changed["updatedAt"].GetString()!)}")).Expect(200).Body);
        Assert.Equal("sent", (await lead.Get($"{path}?version=3")).Expect(200)["status"].GetString());
        (await lead.Get($"{path}?version=4")).ExpectProblem(404, "not_found");
        (await lead.Get($"{path}?asOf=2020-01-01T00:00:00Z")).ExpectProblem(404, "not_found");
        (await lead.Get($"{path}?version=0")).Expect(400);
        (await lead.Get($"{path}?asOf=yesterday")).Expect(400);
    }

    [Fact]
    public async Task What_is_sent_is_frozen()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead);
        var before = (await lead.Get($"{Invoices}/{id}")).Expect(200).Body;
        (await lead.Put($"{Invoices}/{id}", Some.Invoice(9m), ("If-Match", "*"))).ExpectProblem(409, "invoice_not_draft");
        (await lead.Post($"{Invoices}/{id}/send")).ExpectProblem(409, "invoice_not_draft");
        Assert.Equal(before, (await lead.Get($"{Invoices}/{id}")).Expect(200).Body);
    }

    [Fact]
    public async Task Payments_add_up_and_can_be_taken_back()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead);
        var part = (await lead.Post($"{Invoices}/{id}/pay", new { amount = 25.00m, reference = "bank 1" })).Expect(200);
        Assert.Equal(("partially_paid", 100m), (part["status"].GetString(), part["totals"].GetProperty("outstanding").GetDecimal()));
        (await lead.Post($"{Invoices}/{id}/pay", new { amount = 100.01m })).ExpectProblem(409, "payment_exceeds_outstanding");
        var rest = (await lead.Post($"{Invoices}/{id}/pay")).Expect(200);
        Assert.Equal("paid", rest["status"].GetString());
        (await lead.Post($"{Invoices}/{id}/pay")).ExpectProblem(409, "invoice_not_payable");

        var payment = rest["payments"][0].GetProperty("id").GetGuid();
        var back = (await lead.Post($"{Invoices}/{id}/payments/{payment}/reverse", new { reason = "wrong account" })).Expect(200);
        Assert.Equal(("partially_paid", 25m), (back["status"].GetString(), back["totals"].GetProperty("outstanding").GetDecimal()));
        (await lead.Post($"{Invoices}/{id}/payments/{payment}/reverse", new { reason = "again" }))
            .ExpectProblem(409, "payment_already_reversed");
        (await lead.Post($"{Invoices}/{id}/payments/{Guid.NewGuid()}/reverse", new { reason = "none" })).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task A_draft_can_be_given_up_and_then_nothing_more()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        var cancelled = (await lead.Post($"{Invoices}/{id}/cancel", new { reason = "made twice" })).Expect(200);
        Assert.Equal("cancelled", cancelled["status"].GetString());
        foreach (var (what, body) in ((string, object?)[])[("send", null), ("pay", null), ("cancel", new { reason = "again" })])
            (await lead.Post($"{Invoices}/{id}/{what}", body)).Expect(409);
        (await lead.Put($"{Invoices}/{id}", Some.Invoice(), ("If-Match", "*"))).Expect(409);
        var paid = await Sent(lead);
        (await lead.Post($"{Invoices}/{paid}/pay")).Expect(200);
        (await lead.Post($"{Invoices}/{paid}/cancel", new { reason = "too late" })).Expect(409);
        (await lead.Post($"{Invoices}/{id}/pay", new { amount = 1 })).ExpectProblem(409, "invoice_not_payable");
    }

    [Fact]
    public async Task A_zero_total_is_paid_at_once_and_a_negative_one_cannot_be_sent()
    {
        var lead = (await api.NewCompany()).Lead;
        var nothing = (await lead.Post(Invoices, Some.Invoice(0m))).Expect(201).Id;
        Assert.Equal("paid", (await lead.Post($"{Invoices}/{nothing}/send")).Expect(200)["status"].GetString());
        var back = (await lead.Post(
            Invoices,
            new
            {
                customer = new { name = "A" },
                lines = new[] { new { description = "return", quantity = -1, unitPrice = 10, vatRate = 25 } }
            })).Expect(201).Id;
        (await lead.Post($"{Invoices}/{back}/send")).ExpectProblem(409, "negative_total");
    }

    [Fact]
    public async Task Two_hundred_sends_at_once_give_numbers_without_gaps()
    {
        const int Many = 200;
        var lead = (await api.NewCompany()).Lead;
        var drafts =
            await Task.WhenAll(Enumerable.Range(0, Many).Select(async _ => (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id));
        var sent = await Task.WhenAll(drafts.Select(async id => (await lead.Post($"{Invoices}/{id}/send")).Expect(200)));
        Assert.Equal(Enumerable.Range(1, Many).Select(n => (long)n), sent.Select(a => a["number"].GetInt64()).Order());
        Assert.Equal(Many, sent.Select(a => a["kid"].GetString()).Distinct().Count());
    }

    [Fact]
    public async Task The_audit_trail_chains_in_order()
    {
        var company = await api.NewCompany();
        var id = await Sent(company.Lead);
        (await company.Lead.Post($"{Invoices}/{id}/pay")).Expect(200);
        var first = (await company.Lead.Get($"{Invoices}/{id}/events?limit=2&includeTotal=true")).Expect(200);
        Assert.Equal(3, first["total"].GetInt64());
        var second = (await company.Lead.Get($"{Invoices}/{id}/events?limit=2&cursor={first["nextCursor"].GetString()}")).Expect(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second["nextCursor"].ValueKind);
        var events = first["items"].EnumerateArray().Concat(second["items"].EnumerateArray()).ToArray();
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal([1, 2, 3], events.Select(e => e.GetProperty("version").GetInt32()));
        var positions = events.Select(e => e.GetProperty("position").GetInt64()).ToArray();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(3, events.Select(e => e.GetProperty("hash").GetString()).Distinct().Count());
        Assert.All(events, e =>
        {
            Assert.Matches("^[0-9a-f]{64}$", e.GetProperty("hash").GetString()!);
            Assert.Equal(
                ("1.0", $"/companies/{company.Id}", $"invoices/{id}"),
                (e.GetProperty("specversion").GetString(), e.GetProperty("source").GetString(), e.GetProperty("subject").GetString()));
            Assert.Equal(company.LeadId.ToString(), e.GetProperty("actor").GetString());
            Assert.Equal(company.Id, e.GetProperty("companyid").GetGuid());
        });
    }

    [Fact]
    public async Task A_foreign_administrator_is_on_the_events_it_causes()
    {
        var company = await api.NewCompany();
        var admin = api.Admin.For(company.Id);
        var id = (await admin.Post(Invoices, Some.Invoice())).Expect(201).Id;
        Assert.Equal(
            api.AdminId.ToString(),
            (await company.Lead.Get($"{Invoices}/{id}/events")).Expect(200)["items"][0].GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Dates_follow_the_calendar_of_oslo()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead);
        var view = (await lead.Get($"{Invoices}/{id}")).Expect(200);
        var issued = DateOnly.Parse(view["issueDate"].GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(issued.AddDays(14), DateOnly.Parse(view["dueDate"].GetString()!, CultureInfo.InvariantCulture));
        var later = issued.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await lead.Post(Invoices, Some.Invoice(issueDate: later))).Expect(422);
        (await lead.Post($"{Invoices}/{id}/pay", new { date = later })).Expect(422);
    }

    private static async Task<Guid> Sent(Client lead)
    {
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        return id;
    }
}

[Collection(SqliteCollection.Name)]
public sealed class InvoiceLifecycleOnSqlite(SqliteApi api) : InvoiceLifecycleTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvoiceLifecycleOnPostgres(PostgresApi api) : InvoiceLifecycleTests(api);
