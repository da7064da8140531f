using System.Globalization;
using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Invoices;

public abstract class InvoiceListTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task Every_filter_lets_through_what_it_says()
    {
        var lead = (await api.NewCompany()).Lead;
        var customer = (await lead.Post("/api/v2/economy/customers", Some.Customer("Østfold Gods AS"))).Expect(201).Id;
        var draft = await Make(lead, Some.Invoice(100m, "Ålesund Frakt AS"));
        var sent = await Make(lead, Some.Invoice(200m, issueDate: "2026-01-10", dueDate: "2026-01-24", customerId: customer), "send");
        var paid = await Make(lead, Some.Invoice(300m, "Ærfugl  TRANSPORT", issueDate: "2026-02-10", dueDate: "2026-02-24"), "send", "pay");
        var kid = (await lead.Get($"{Invoices}/{sent}")).Expect(200)["kid"].GetString()!;

        await Expect(lead, "status=draft", draft);
        await Expect(lead, "status=sent", sent);
        await Expect(lead, "status=paid", paid);
        await Expect(lead, "status=credited");
        await Expect(lead, "overdue=false&status=draft", draft);
        await Expect(lead, $"customerId={customer}", sent);
        await Expect(lead, $"customerId={Guid.NewGuid()}");
        await Expect(lead, "from=2026-02-10", paid);
        await Expect(lead, "to=2026-02-09", sent);
        await Expect(lead, "from=2026-01-10&to=2026-01-10", sent);
        await Expect(lead, "dueFrom=2026-02-24", paid);
        await Expect(lead, "dueTo=2026-01-24", sent);
        await Expect(lead, "minAmount=375", paid);
        await Expect(lead, "maxAmount=125", draft);
        await Expect(lead, "minAmount=125.01&maxAmount=374.99", sent);
        await Expect(lead, "q=%C3%A5LESUND", draft);
        await Expect(lead, "q=%C3%86rfugl%20trans", paid);
        await Expect(lead, "q=%C3%B8st", sent);
        await Expect(lead, "q=2", paid);
        await Expect(lead, $"q={kid}", sent);
        await Expect(lead, "q=fugl");
        await Expect(lead, "q=%25");
    }

    [Fact]
    public async Task Every_sort_orders_both_ways()
    {
        var lead = (await api.NewCompany()).Lead;
        var a = await Make(lead, Some.Invoice(200m, issueDate: "2026-01-01", dueDate: "2026-03-03"), "send");
        var b = await Make(lead, Some.Invoice(300m, issueDate: "2026-01-02", dueDate: "2026-03-02"), "send");
        var c = await Make(lead, Some.Invoice(100m, issueDate: "2026-01-03", dueDate: "2026-03-01"), "send");
        foreach (var (sort, ids) in ((string, Guid[])[])[
            ("number", [a, b, c]), ("issueDate", [a, b, c]), ("dueDate", [c, b, a]), ("total", [c, a, b]), ("createdAt", [a, b, c])])
        {
            Assert.Equal(ids, Ids((await lead.Get($"{Invoices}?sort={sort}")).Expect(200)));
            Assert.Equal(ids, Ids((await lead.Get($"{Invoices}?sort=%2B{sort}")).Expect(200)));
            Assert.Equal(ids.Reverse(), Ids((await lead.Get($"{Invoices}?sort=-{sort}")).Expect(200)));
        }

        (await lead.Get($"{Invoices}?sort=colour")).ExpectProblem(400, "invalid_parameter");
    }

    [Fact]
    public async Task A_row_that_does_not_change_appears_once_whatever_happens_meanwhile()
    {
        var lead = (await api.NewCompany()).Lead;
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++) ids.Add(await Make(lead, Some.Invoice(100 + (i % 3))));
        foreach (var sort in (string[])["createdAt", "-createdAt", "total", "-total", "number", "-number", "dueDate", "-issueDate"])
        {
            var (seen, cursor, inserts) = (new List<Guid>(), "", 0);
            do
            {
                var page = (await lead.Get($"{Invoices}?limit=2&sort={sort}{cursor}")).Expect(200);
                seen.AddRange(Ids(page));
                if (inserts++ < 3) await Make(lead, Some.Invoice(101m), "send");
                cursor = page["nextCursor"].ValueKind == JsonValueKind.Null ? null : $"&cursor={page["nextCursor"].GetString()}";
            }
            while (cursor is not null);
            Assert.All(ids, id => Assert.True(seen.Count(s => s == id) == 1, $"{sort}: {seen.Count(s => s == id)} times"));
        }
    }

    [Fact]
    public async Task Cursors_open_only_where_they_were_made()
    {
        var (one, another) = ((await api.NewCompany()).Lead, (await api.NewCompany()).Lead);
        for (var i = 0; i < 3; i++)
        {
            await Make(one, Some.Invoice());
            await Make(another, Some.Invoice());
        }

        var cursor = (await one.Get($"{Invoices}?limit=1")).Expect(200)["nextCursor"].GetString()!;
        (await one.Get($"{Invoices}?limit=2&cursor={cursor}")).Expect(200);
        var altered = (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];
        (await one.Get($"{Invoices}?cursor={altered}")).ExpectProblem(400, "invalid_cursor");
        (await one.Get($"{Invoices}?cursor={cursor}A")).ExpectProblem(400, "invalid_cursor");
        (await one.Get($"{Invoices}?cursor=%00")).ExpectProblem(400, "invalid_parameter");
        (await one.Get($"{Invoices}?cursor=")).ExpectProblem(400, "invalid_cursor");
        (await another.Get($"{Invoices}?cursor={cursor}")).ExpectProblem(400, "invalid_cursor");
        (await one.Get($"{Invoices}?cursor={cursor}&status=draft")).ExpectProblem(400, "invalid_cursor");
        (await one.Get($"{Invoices}?cursor={cursor}&sort=number")).ExpectProblem(400, "invalid_cursor");
        (await one.Get($"/api/v2/economy/customers?cursor={cursor}")).ExpectProblem(400, "invalid_cursor");
    }

    [Fact]
    public async Task A_total_is_counted_only_when_asked_for()
    {
        var lead = (await api.NewCompany()).Lead;
        for (var i = 0; i < 3; i++) await Make(lead, Some.Invoice());
        Assert.Equal(3, (await lead.Get($"{Invoices}?limit=1&includeTotal=true")).Expect(200)["total"].GetInt64());
        Assert.False((await lead.Get(Invoices)).Expect(200).Json.TryGetProperty("total", out _));
        Assert.Equal(JsonValueKind.Null, (await lead.Get(Invoices)).Expect(200)["nextCursor"].ValueKind);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=two")]
    [InlineData("status=lost")]
    [InlineData("from=2026-02-30")]
    [InlineData("customerId=17")]
    [InlineData("overdue=perhaps")]
    [InlineData("minAmount=NaN")]
    [InlineData("minAmount=1.005")]
    [InlineData("colour=red")]
    [InlineData("status=1")]
    [InlineData("limit=1&limit=2")]
    [InlineData("q=%00")]
    public async Task A_parameter_that_cannot_be_is_a_bad_request(string query)
    {
        var lead = (await api.NewCompany()).Lead;
        var answer = (await lead.Get($"{Invoices}?{query}")).Expect(400);
        Assert.Equal("application/problem+json", answer.MediaType);
    }

    private static async Task<Guid> Make(Client lead, object body, params string[] steps)
    {
        var id = (await lead.Post(Invoices, body)).Expect(201).Id;
        foreach (var step in steps) (await lead.Post($"{Invoices}/{id}/{step}")).Expect(200);
        return id;
    }

    private static async Task Expect(Client lead, string query, params Guid[] ids)
    {
        var answer = (await lead.Get($"{Invoices}?includeTotal=true&{query}")).Expect(200);
        Assert.True(ids.SequenceEqual(Ids(answer)), $"{query}: {answer.Body}");
        Assert.Equal(ids.Length.ToString(CultureInfo.InvariantCulture), answer["total"].GetRawText());
    }

    private static Guid[] Ids(Answer page) => [.. page["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}

[Collection(SqliteCollection.Name)]
public sealed class InvoiceListOnSqlite(SqliteApi api) : InvoiceListTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvoiceListOnPostgres(PostgresApi api) : InvoiceListTests(api);
