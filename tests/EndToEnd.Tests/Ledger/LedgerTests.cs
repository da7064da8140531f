using System.Globalization;
using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Ledger;

/// <summary>The books, from invoice to report.</summary>
public abstract class LedgerTests(ApiFixture api)
{
    private const string Economy = "/api/v2/economy";
    private const int Many = 200;

    [Fact]
    public async Task An_invoice_is_followed_from_its_event_to_its_voucher_and_the_reports()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = await Sent(lead, 100.20m);
        var paid = (await lead.Post($"{Economy}/invoices/{id}/pay", new { amount = 25.25 })).Expect(200);

        var entries = (await lead.Get($"{Economy}/ledger?sort=number")).Expect(200)["items"].EnumerateArray().ToList();

        Assert.Equal([1, 2], entries.Select(entry => entry.GetProperty("voucher").GetInt64()));
        Assert.Equal(["Faktura 1", "Innbetaling faktura 1"], entries.Select(entry => entry.GetProperty("text").GetString()));
        Assert.Equal(
            ["1500 125.25 0.00 ", "3000 0.00 100.20 3", "2700 0.00 25.05 ", "1920 25.25 0.00 ", "1500 0.00 25.25 "],
            entries.SelectMany(Lines));
        var events = (await lead.Get($"{Economy}/invoices/{id}/events")).Expect(200)["items"].EnumerateArray()
            .Select(e => e.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(events.TakeLast(2), entries.Select(entry => entry.GetProperty("eventId").GetGuid()));

        var voucher = (await lead.Get($"{Economy}/vouchers/{events[1]}")).Expect(200);
        Assert.Equal(("sale", id), (voucher["kind"].GetString(), voucher["subjectId"].GetGuid()));
        var income = (await lead.Get($"{Economy}/reports/income")).Expect(200);
        Assert.Equal((100.20m, 100.20m), (income["operatingResult"].GetDecimal(), income["result"].GetDecimal()));
        var balance = (await lead.Get($"{Economy}/reports/balance")).Expect(200);
        Assert.True(balance["balanced"].GetBoolean());
        Assert.Equal(
            paid["totals"].GetProperty("outstanding").GetDecimal() + 25.25m, balance["assets"].GetProperty("total").GetDecimal());
        var trial = (await lead.Get($"{Economy}/reports/trial-balance?asOf=2026-01-01T00:00:00Z")).Expect(200);
        Assert.Equal(0, trial["lines"].GetArrayLength());
    }

    [Fact]
    public async Task However_many_are_sent_at_once_invoices_and_vouchers_are_numbered_without_gaps()
    {
        var lead = (await api.NewCompany()).Lead;
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Sent(lead, 10m)));

        var (numbers, cursor) = (new List<long>(), "");
        do
        {
            var page = (await lead.Get($"{Economy}/vouchers?limit=100&sort=number{cursor}")).Expect(200);
            numbers.AddRange(page["items"].EnumerateArray().Select(voucher => voucher.GetProperty("number").GetInt64()));
            cursor = page["nextCursor"].GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(Enumerable.Range(1, Many).Select(n => (long)n), numbers);
        Assert.Equal(2_000m, (await lead.Get($"{Economy}/reports/income")).Expect(200)["result"].GetDecimal());
    }

    [Fact]
    public async Task What_a_report_cannot_be_made_of_is_said()
    {
        var lead = (await api.NewCompany()).Lead;
        (await lead.Get($"{Economy}/reports/income?from=2026-02-01&to=2026-01-31")).ExpectProblem(400, "invalid_parameter");
        (await lead.Get($"{Economy}/reports/balance?date=9999-12-31")).ExpectProblem(400, "invalid_parameter");
        (await lead.Get($"{Economy}/reports/trial-balance?from=yesterday")).ExpectProblem(400, "invalid_parameter");
        (await lead.Get($"{Economy}/ledger?account=17")).ExpectProblem(400, "invalid_parameter");
        (await lead.Get($"{Economy}/vouchers?sort=text")).ExpectProblem(400, "invalid_parameter");
        (await lead.Get($"{Economy}/vouchers/{Guid.CreateVersion7()}")).ExpectProblem(404, "not_found");
        Assert.Equal(81, (await lead.Get($"{Economy}/accounts")).Expect(200)["items"].GetArrayLength());
    }

    private static async Task<Guid> Sent(Client lead, decimal price)
    {
        var id = (await lead.Post($"{Economy}/invoices", Some.Invoice(price))).Expect(201).Id;
        (await lead.Post($"{Economy}/invoices/{id}/send")).Expect(200);
        return id;
    }

    private static IEnumerable<string> Lines(JsonElement entry) => entry.GetProperty("lines").EnumerateArray().Select(line => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.GetProperty("account").GetInt32()} {Kroner(line, "debit")} {Kroner(line, "credit")} {Code(line)}"));

    private static string? Code(JsonElement line) => line.GetProperty("vatCode").GetString();

    private static string Kroner(JsonElement line, string side) =>
        line.GetProperty(side).GetDecimal().ToString("0.00", CultureInfo.InvariantCulture);
}

[Collection(SqliteCollection.Name)]
public sealed class LedgerOnSqlite(SqliteApi api) : LedgerTests(api);

[Collection(PostgresCollection.Name)]
public sealed class LedgerOnPostgres(PostgresApi api) : LedgerTests(api);
