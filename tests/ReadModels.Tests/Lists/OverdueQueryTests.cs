using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>What the job at midnight looks through, once per database.</summary>
public abstract class OverdueQueryTests(Store store)
{
    private static readonly DateOnly Today = Oslo.DateOf(Office.Now);

    [Fact]
    public async Task Every_late_invoice_of_every_company_is_found_once_the_longest_overdue_first()
    {
        var offices = Enumerable.Range(0, 3).Select(_ => new Office(store)).ToArray();
        var expected = new List<(DateOnly, Guid)>();
        for (var n = 0; n < 12; n++)
        {
            var due = Today.AddDays(n % 4);
            var id = await offices[n % 3].Sent($"Kunde {n}", i => i with { DueDate = due });
            if (due < Today.AddDays(3)) expected.Add((due, id));
        }

        var found = await All(Today.AddDays(3), offices);

        Assert.Equal(expected.Order(), found.Select(f => (f.DueDate, f.Id)).Order());
        Assert.Equal(found.Select(f => f.DueDate).Order(), found.Select(f => f.DueDate));
    }

    [Fact]
    public async Task Drafts_and_what_is_paid_marked_or_given_up_is_not_found()
    {
        var office = new Office(store);
        await office.Draft("A", Late);
        Assert.True(await office.Do(await office.Draft("B", Late), new CancelInvoice("made twice")));
        Assert.True(await office.Do(await office.Sent("C", Late), new PayInvoice(Guid.CreateVersion7())));
        var marked = await office.Sent("D", Late);
        var partly = await office.Sent("E", Late);
        Assert.True(await office.Do(partly, new PayInvoice(Guid.CreateVersion7(), 25)));
        Assert.Equal([(marked, 2), (partly, 3)], (await All(Today.AddDays(1), office)).Select(f => (f.Id, f.Version)).Order());

        Assert.True(await office.Do(marked, new MarkOverdue(Today.AddDays(1))));

        Assert.Equal([partly], (await All(Today.AddDays(1), office)).Select(f => f.Id));
    }

    [Fact]
    public async Task A_company_s_address_leads_to_its_own_invoice()
    {
        var office = new Office(store);
        var id = await office.Sent("A", Late);
        Assert.Equal(office.Tenant.Value, Assert.Single(await All(Today.AddDays(1), office), f => f.Id == id).Company);
    }

    private static InvoiceInput Late(InvoiceInput input) => input with { DueDate = Today };

    private async Task<List<OverdueCandidate>> All(DateOnly today, params Office[] offices)
    {
        var query = store.Part<IOverdueInvoices>();
        var found = new List<OverdueCandidate>();
        for (var page = await query.Find(today, null, 2, TestContext.Current.CancellationToken); page.Count > 0; page =
            await query.Find(today, page[^1], 2, TestContext.Current.CancellationToken)) found.AddRange(page);
        return [.. found.Where(f => offices.Any(o => o.Tenant.Value == f.Company))];
    }
}

public sealed class OverdueQueryOnSqlite(SqliteStore sqlite) : OverdueQueryTests(sqlite), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task It_is_a_range_of_its_index()
    {
        var plan = await sqlite.Database.Query(
            $"explain query plan {OverdueQuery.First}", r => r.GetString(3), TestContext.Current.CancellationToken, ("today", 1),
            ("limit", 10));
        Assert.Contains("USING INDEX invoices_unmarked (due_date<?)", Assert.Single(plan), StringComparison.Ordinal);
    }
}

public sealed class OverdueQueryOnPostgres(PostgresStore store) : OverdueQueryTests(store), IClassFixture<PostgresStore>;
