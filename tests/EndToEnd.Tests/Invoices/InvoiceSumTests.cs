using System.Globalization;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Invoices;

/// <summary>The accountant's numbers, over HTTP.</summary>
public abstract class InvoiceSumTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Theory]
    [InlineData("10.10", 25, "10.10", "2.53")]
    [InlineData("8.90", 25, "8.90", "2.23")]
    [InlineData("0.50", 25, "0.50", "0.13")]
    [InlineData("33.33", 15, "33.33", "5.00")]
    [InlineData("89.20", 12, "89.20", "10.70")]
    [InlineData("303.48", 15, "303.48", "45.52")]
    public async Task Vat_is_rounded_half_away_from_zero(string price, int rate, string net, string vat) =>
        await Expect($$"""{"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":{{price}},"vatRate":{{rate}}}]}""", net, vat);

    [Fact]
    public async Task Vat_is_worked_out_per_category_never_per_line() =>
        await Expect("""
            {"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":0.10,"vatRate":25},{"description":"x","unitPrice":0.10,
            "vatRate":25},{"description":"x","unitPrice":0.10,"vatRate":25}]}
            """, "0.30", "0.08");

    [Fact]
    public async Task A_return_is_rounded_away_from_zero_too() =>
        await Expect(
            """{"customer":{"name":"A"},"lines":[{"description":"x","quantity":-1,"unitPrice":10.10,"vatRate":25}]}""", "-10.10", "-2.53");

    [Fact]
    public async Task A_line_is_rounded_half_away_from_zero() =>
        await Expect(
            """{"customer":{"name":"A"},"lines":[{"description":"x","quantity":2.5,"unitPrice":655.55,"vatRate":25}]}""", "1638.88",
            "409.72");

    [Fact]
    public async Task The_worked_invoice_of_the_accountant_comes_out()
    {
        var answer = await Expect("""
            {"customer":{"name":"A"},"lines":[
              {"description":"a","quantity":3,"unitPrice":12499.99,"vatRate":25},
              {"description":"b","quantity":2.5,"unitPrice":655.55,"vatRate":25},
              {"description":"c","unitPrice":4333.33,"vatRate":12},
              {"description":"d","quantity":7,"unitPrice":89.95,"vatRate":15},
              {"description":"e","unitPrice":8000,"vatRate":0,"vatCategory":"Z"}],
             "allowances":[{"reason":"rebate","amount":500,"vatRate":25}]}
            """, "51601.83", "10274.16");
        Assert.Equal(61_875.99m, answer["totals"].GetProperty("payable").GetDecimal());
        var groups = answer["totals"].GetProperty("vat").EnumerateArray().ToDictionary(
            g => (g.GetProperty("category").GetString()!, g.GetProperty("rate").GetDecimal()),
            g => (g.GetProperty("base").GetDecimal(), g.GetProperty("amount").GetDecimal()));
        Assert.Equal((38_638.85m, 9_659.71m), groups[("S", 25m)]);
        Assert.Equal((4_333.33m, 520.00m), groups[("S", 12m)]);
        Assert.Equal((629.65m, 94.45m), groups[("S", 15m)]);
        Assert.Equal((8_000.00m, 0m), groups[("Z", 0m)]);
    }

    [Fact]
    public async Task Discounts_charges_prepaid_and_rounding_count()
    {
        // 3 × 100 / 10 × 0.9 = 27 − 2 + 5 = 30; + 10 charge = 40 net, 10 VAT; 50 − 20 + 0.40 = 30.40.
        var answer = await Expect("""
            {"customer":{"name":"A"},"lines":[{"description":"x","quantity":3,"unitPrice":100,"priceBaseQuantity":10,
            "discountPercent":10,"allowance":2,"charge":5,"vatRate":25}],
             "charges":[{"reason":"freight","amount":10,"vatRate":25}],"prepaid":20,"payableRounding":0.40}
            """, "40", "10");
        Assert.Equal(
            (50m, 30.40m), (answer["totals"].GetProperty("gross").GetDecimal(), answer["totals"].GetProperty("payable").GetDecimal()));
    }

    private async Task<Answer> Expect(string json, string net, string vat)
    {
        var lead = (await api.NewCompany()).Lead;
        var answer = (await lead.PostText(Invoices, json)).Expect(201);
        var totals = answer["totals"];
        Assert.Equal((Number(net), Number(vat)), (totals.GetProperty("net").GetDecimal(), totals.GetProperty("vatAmount").GetDecimal()));
        Assert.Equal(Number(net) + Number(vat), totals.GetProperty("gross").GetDecimal());
        return answer;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

[Collection(SqliteCollection.Name)]
public sealed class InvoiceSumsOnSqlite(SqliteApi api) : InvoiceSumTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvoiceSumsOnPostgres(PostgresApi api) : InvoiceSumTests(api);
