using System.Globalization;
using Tms.Domain.Shared;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Invoices;

/// <summary>INVOICE_OVERDUE of the real program, which was not running when the day passed.</summary>
public sealed class OverdueTests
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Fact]
    public async Task What_fell_due_is_marked_once_after_a_kill_and_a_start_on_sqlite() => await Marked(await ApiSite.OnSqlite());

    [Fact]
    public async Task What_fell_due_is_marked_once_after_a_kill_and_a_start_on_postgres() => await Marked(await ApiSite.OnPostgres());

    // Time cannot be moved from outside; an invoice that was due before it was sent is late at the next look.
    private static async Task Marked(ApiSite site)
    {
        using var _ = site;
        var today = Oslo.DateOf(TimeProvider.System.GetUtcNow());
        await using var first = await site.Start();
        var company = await Companies.Register(new Client(() => first.Http));
        var late = await Sent(company.Lead, Day(today.AddDays(-20)), Day(today.AddDays(-1)));
        var onTime = await Sent(company.Lead, Day(today), Day(today));
        await first.Kill();

        await using var second = await site.Host();
        var lead = new Client(() => second.Http, company.Lead.Token);
        var events = await Trail(lead, late, 3).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_OVERDUE"], events);
        Assert.True((await lead.Get($"{Invoices}/{late}")).Expect(200)["isOverdue"].GetBoolean());
        Assert.Equal(
            [late],
            (await lead.Get($"{Invoices}?overdue=true")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        Assert.False((await lead.Get($"{Invoices}/{onTime}")).Expect(200)["isOverdue"].GetBoolean());

        await second.Stop();
        await using var third = await site.Host();
        lead = new Client(() => third.Http, company.Lead.Token);
        (await lead.Post($"{Invoices}/{late}/pay")).Expect(200);
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_OVERDUE", "INVOICE_PAID"], await Trail(lead, late, 4));
    }

    private static async Task<Guid> Sent(Client lead, string issued, string due)
    {
        var id = (await lead.Post(Invoices, Some.Invoice(issueDate: issued, dueDate: due))).Expect(201).Id;
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        return id;
    }

    private static async Task<string[]> Trail(Client lead, Guid invoice, int length)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var items = (await lead.Get($"{Invoices}/{invoice}/events")).Expect(200)["items"].EnumerateArray().ToArray();
            if (items.Length >= length) return [.. items.Select(e => e.GetProperty("type").GetString()!)];
        }

        return [];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
