using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>A company's list shows every invoice of the log once, and says of it what asking for it says.</summary>
internal static class ListCheck
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const int Asked = 200;
    private static readonly string[] Fields = ["number", "kid", "status", "version", "reference", "updatedAt"];

    public static async Task<IReadOnlyList<string>> Faults(Client lead, IReadOnlyList<Logged> log)
    {
        var items = await List(lead);
        var listed = items.Select(item => item.GetProperty("id").GetGuid()).ToArray();
        var made = log.Where(e => e.Type == "INVOICE_CREATED").Select(e => e.Invoice).ToHashSet();
        var faults = new List<string>();
        if (listed.Length != made.Count || !made.SetEquals(listed))
            faults.Add($"{made.Count} invoices were made, {listed.Length} are listed, {listed.Distinct().Count()} different ones");
        foreach (var item in items.Where((_, i) => i % (1 + (items.Count / Asked)) == 0)) faults.AddRange(await Compare(lead, item));
        return faults;
    }

    private static async Task<List<JsonElement>> List(Client lead)
    {
        var (items, cursor) = (new List<JsonElement>(), "");
        do
        {
            var page = (await lead.Get($"{Invoices}?limit=100&sort=createdAt{cursor}")).Expect(200);
            items.AddRange(page["items"].EnumerateArray());
            cursor = page["nextCursor"].GetString() is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        return items;
    }

    private static async Task<IEnumerable<string>> Compare(Client lead, JsonElement item)
    {
        var view = (await lead.Get($"{Invoices}/{item.GetProperty("id").GetGuid()}")).Expect(200).Json;
        var sums = item.GetProperty("totals").EnumerateObject()
            .All(sum => sum.Value.GetDecimal() == view.GetProperty("totals").GetProperty(sum.Name).GetDecimal());
        var payments = view.GetProperty("payments").EnumerateArray().Sum(payment => payment.GetProperty("amount").GetDecimal());
        var fits = sums && payments == view.GetProperty("totals").GetProperty("paid").GetDecimal()
            && Fields.All(name => item.GetProperty(name).GetRawText() == view.GetProperty(name).GetRawText());
        return fits ? [] : [$"the list says {item}, the invoice {view}"];
    }
}
