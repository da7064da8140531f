using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Customers;

public abstract class CustomerTests(ApiFixture api)
{
    private const string Customers = "/api/v2/economy/customers";
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task A_customer_is_made_read_changed_and_archived()
    {
        var lead = (await api.NewCompany()).Lead;
        var made = (await lead.Post(Customers, Some.Customer())).Expect(201);
        Assert.Equal(($"{Customers}/{made.Id}", "\"1\"", 1), (made.Header("Location"), made.ETag, made.Version));
        foreach (var name in (string[])[
            "id", "name", "organisationNumber", "email", "phone", "address", "paymentTermsDays", "peppolId", "isArchived", "version"])
            Assert.True(made.Json.TryGetProperty(name, out _), name);
        Assert.Equal(["street", "postalCode", "city", "country"], made["address"].EnumerateObject().Select(p => p.Name));
        var read = (await lead.Get($"{Customers}/{made.Id}")).Expect(200);
        Assert.Equal((made.Body, made.ETag), (read.Body, read.ETag));
        (await lead.Get($"{Customers}/{made.Id}", ("If-None-Match", read.ETag!))).Expect(304);
        var changed = (await lead.PutText(
            $"{Customers}/{made.Id}", read.Body.Replace("Ærlig Øks AS", "Østlig Øks AS", StringComparison.Ordinal), ("If-Match", "\"1\"")))
            .Expect(200);
        Assert.Equal(("Østlig Øks AS", "\"2\""), (changed["name"].GetString(), changed.ETag));
        var same = (await lead.PutText($"{Customers}/{made.Id}", changed.Body, ("If-Match", "\"2\""))).Expect(200);
        Assert.Equal("\"2\"", same.ETag);
        Assert.Equal("Ærlig Øks AS", (await lead.Get($"{Customers}/{made.Id}?version=1")).Expect(200)["name"].GetString());
        (await lead.Put($"{Customers}/{made.Id}", Some.Customer(), ("If-Match", "\"1\""))).ExpectProblem(412, "precondition_failed");
        (await lead.Put($"{Customers}/{made.Id}", Some.Customer())).ExpectProblem(428, "precondition_required");
        var archived = (await lead.Post($"{Customers}/{made.Id}/archive")).Expect(200);
        Assert.True(archived["isArchived"].GetBoolean());
        Assert.Equal(archived.ETag, (await lead.Post($"{Customers}/{made.Id}/archive")).Expect(200).ETag);
        (await lead.Post(Invoices, Some.Invoice(customerId: made.Id))).ExpectProblem(422, "validation_failed");
        Assert.Equal(
            ["CUSTOMER_CREATED", "CUSTOMER_UPDATED", "CUSTOMER_ARCHIVED"],
            (await lead.Get($"{Customers}/{made.Id}/events")).Expect(200)["items"].EnumerateArray()
                .Select(e => e.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Customers_are_found_by_name_and_listed_in_order()
    {
        var (lead, other) = ((await api.NewCompany()).Lead, (await api.NewCompany()).Lead);
        var ids = new List<Guid>();
        foreach (var name in (string[])["Åse Transport", "Ærlig Øks", "Zebra", "aase bil"])
            ids.Add((await lead.Post(Customers, Some.Customer(name))).Expect(201).Id);
        (await other.Post(Customers, Some.Customer("Åse hos andre"))).Expect(201);
        Assert.Equal(ids, Ids(await lead.Get($"{Customers}?sort=number")));
        Assert.Equal(Enumerable.Reverse(ids), Ids(await lead.Get($"{Customers}?sort=-createdAt")));
        Assert.Equal([ids[0]], Ids(await lead.Get($"{Customers}?q=%C3%A5SE%20t")));
        Assert.Equal([ids[1]], Ids(await lead.Get($"{Customers}?q=%C3%A6rlig")));
        Assert.Empty(Ids(await lead.Get($"{Customers}?q=%25")));
        (await lead.Post($"{Customers}/{ids[2]}/archive")).Expect(200);
        Assert.Equal([ids[2]], Ids(await lead.Get($"{Customers}?archived=true")));
        Assert.Equal([ids[0], ids[1], ids[3]], Ids(await lead.Get($"{Customers}?archived=false&sort=number")));
        var first = (await lead.Get($"{Customers}?limit=3&includeTotal=true")).Expect(200);
        Assert.Equal(4, first["total"].GetInt32());
        Assert.Equal(ids[3], Assert.Single(Ids(await lead.Get($"{Customers}?limit=3&cursor={first["nextCursor"].GetString()}"))));
    }

    [Fact]
    public async Task A_wrong_customer_is_told_everything()
    {
        var lead = (await api.NewCompany()).Lead;
        (string Json, string[] Fields)[] table =
        [
            ("{}", ["/name"]), ("""{"name":""}""", ["/name"]), ("""{"name":"  "}""", ["/name"]),
            ("""{"name":7,"colour":1}""", ["/colour", "/name"]),
            (
                """{"name":"A","organisationNumber":"123456789","email":"nobody","phone":"call me","peppolId":"x","paymentTermsDays":-1}""",
                ["/email", "/organisationNumber", "/paymentTermsDays", "/peppolId", "/phone"]),
            (
                """{"name":"A","organisationNumber":"123456789","email":"nobody","peppolId":"x"}""", [
                    "/email", "/organisationNumber", "/peppolId"]),
            ("""{"name":"A","address":{"street":"x","colour":1}}""", ["/address/colour"]),
            ("""{"name":"A","address":{"country":"XX"}}""", ["/address/country"]),
            ("""{"name":"A","isArchived":true}""", ["/isArchived"]), ("""{"name":"A","address":"Oslo"}""", ["/address"]),
        ];
        foreach (var (json, fields) in table)
        {
            var answer = (await lead.PostText(Customers, json)).ExpectProblem(422, "validation_failed");
            Assert.Equal((json, string.Join(' ', fields)), (json, string.Join(' ', answer.Fields.Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public async Task A_customers_invoice_keeps_who_it_was_sent_to()
    {
        var lead = (await api.NewCompany()).Lead;
        var customer = (await lead.Post(Customers, Some.Customer())).Expect(201);
        var invoice = (await lead.Post(Invoices, Some.Invoice(customerId: customer.Id))).Expect(201).Id;
        var sent = (await lead.Post($"{Invoices}/{invoice}/send")).Expect(200);
        Assert.Equal(
            DateOnly.Parse(sent["issueDate"].GetString()!, System.Globalization.CultureInfo.InvariantCulture).AddDays(20)
                .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), sent["dueDate"].GetString());
        (await lead.Put($"{Customers}/{customer.Id}", Some.Customer("Ny eier AS"), ("If-Match", "*"))).Expect(200);
        Assert.Equal("Ærlig Øks AS", (await lead.Get($"{Invoices}/{invoice}")).Expect(200)["customer"].GetProperty("name").GetString());
        Assert.Equal([invoice], Ids(await lead.Get($"{Invoices}?customerId={customer.Id}")));
    }

    private static Guid[] Ids(Answer page) =>
        [.. page.Expect(200)["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}

[Collection(SqliteCollection.Name)]
public sealed class CustomersOnSqlite(SqliteApi api) : CustomerTests(api);

[Collection(PostgresCollection.Name)]
public sealed class CustomersOnPostgres(PostgresApi api) : CustomerTests(api);
