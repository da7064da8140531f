using Tms.Domain.Invoices;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>Filters, orders and pages of invoices.</summary>
public abstract class InvoiceListTests(Store store)
{
    private static readonly InvoiceOrder[] Orders =
        [.. from sort in Enum.GetValues<InvoiceSort>() from down in (bool[])[false, true] select new InvoiceOrder(sort, down)];

    private InvoiceList List => store.Part<InvoiceList>();

    [Fact]
    public async Task Every_filter_in_every_order_shows_what_it_should_page_by_page()
    {
        var office = new Office(store);
        await new OfficeDay(office, 21).Do(300);
        foreach (var filter in Filters(office))
        {
            foreach (var order in Orders)
            {
                var expected = InvoiceModel.Expected(office, filter, order);
                Assert.Equal(expected, (await InvoiceModel.All(List, office, filter, order, limit: 7)).Select(r => r.Id));
                Assert.Equal(expected.Length, await List.Count(office.Tenant, filter, Cancel));
            }
        }
    }

    [Fact]
    public async Task A_row_says_what_the_invoice_says()
    {
        var office = new Office(store);
        await new OfficeDay(office, 22).Do(150);
        foreach (var row in await InvoiceModel.All(List, office, new(), new(InvoiceSort.CreatedAt, false), 100))
        {
            var i = office.State<Invoice>(row.Id);
            Assert.Equal(
                (i.Version, i.Status, i.IsOverdue, i.Number, i.Kid), (row.Version, row.Status, row.IsOverdue, row.Number, row.Kid));
            Assert.Equal(
                (i.CreatedAt, i.UpdatedAt, i.Input.IssueDate, i.Input.DueDate, i.Input.Reference),
                (row.CreatedAt, row.UpdatedAt, row.IssueDate, row.DueDate, row.Reference));
            Assert.Equal((i.Input.CustomerId, i.Input.Customer!.Name, i.Input.Currency), (row.CustomerId, row.CustomerName, row.Currency));
            Assert.Equal(
                (i.Totals.Net, i.Totals.VatAmount, i.Totals.Gross, i.Totals.Payable, i.Paid, i.Outstanding),
                (row.Net, row.VatAmount, row.Gross, row.Payable, row.Paid, row.Outstanding));
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task A_row_that_does_not_change_appears_exactly_once_whatever_happens_meanwhile(int seed)
    {
        foreach (var order in Orders)
        {
            var office = new Office(store);
            var day = new OfficeDay(office, seed);
            await day.Do(60);
            var still = office.Invoices.Where((_, n) => n % 2 == 0).Select(i => i.Id).ToHashSet();

            var rows =
                await InvoiceModel.All(List, office, new(), order, limit: 3, () => _changes-- > 0 ? day.Do(2, still) : Task.CompletedTask);

            Assert.Equal(still.Order(), rows.Select(r => r.Id).Where(still.Contains).Order());
            _changes = Changes;
        }
    }

    [Fact]
    public async Task Invoices_without_a_number_come_last_in_both_directions()
    {
        var office = new Office(store);
        await office.Draft("Kari");
        await office.Sent("Kari");
        await office.Draft("Kari");
        await office.Sent("Kari");
        foreach (var (descending, numbers) in ((bool, long?[])[])[(false, [1, 2, null, null]), (true, [2, 1, null, null])])
        {
            for (var limit = 1; limit <= 4; limit++)
                Assert.Equal(
                    numbers,
                    (await InvoiceModel.All(List, office, new(), new(InvoiceSort.Number, descending), limit)).Select(r => r.Number));
        }
    }

    [Fact]
    public async Task The_last_page_has_no_next_one_and_an_empty_list_is_one_empty_page()
    {
        var office = new Office(store);
        var order = new InvoiceOrder(InvoiceSort.Number, true);
        Assert.Equal((0, null), await Page(0));
        await office.Sent("Kari");
        await office.Draft("Kari");
        Assert.Equal((2, null), await Page(0));
        Assert.Equal((1, null), await Page(1));
        Assert.Equal((0, null), await Page(2));

        async Task<(int Items, Keyset? Next)> Page(int offset)
        {
            var page = await List.Find(office.Tenant, new(), order, new(2, Offset: offset), Cancel);
            return (page.Items.Count, page.Next);
        }
    }

    [Fact]
    public async Task Pages_by_number_show_the_same_rows_as_pages_by_cursor()
    {
        var office = new Office(store);
        await new OfficeDay(office, 23).Do(120);
        foreach (var order in Orders)
        {
            var paged = new List<Guid>();
            for (var offset = 0; offset < office.Invoices.Count() + 5; offset += 5)
                paged.AddRange((await List.Find(office.Tenant, new(), order, new(5, Offset: offset), Cancel)).Items.Select(r => r.Id));
            Assert.Equal(InvoiceModel.Expected(office, new(), order), paged);
        }
    }

    [Fact]
    public async Task Companies_with_the_same_invoices_see_their_own()
    {
        Office[] offices = [new(store), new(store)];
        foreach (var office in offices) await new OfficeDay(office, 24).Do(100);
        Assert.Equal(offices[0].Invoices.Count(), offices[1].Invoices.Count());
        foreach (var office in offices)
        {
            var own = office.Invoices.Select(i => i.Id).ToHashSet();
            foreach (var order in Orders)
                Assert.Equal(own, (await InvoiceModel.All(List, office, new(), order, 100)).Select(r => r.Id).ToHashSet());
            Assert.Equal(own.Count, await List.Count(office.Tenant, new(), Cancel));
        }
    }

    private const int Changes = 20;
    private int _changes = Changes;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<InvoiceFilter> Filters(Office office)
    {
        var (early, late) = (new DateOnly(2026, 11, 5), new DateOnly(2026, 11, 15));
        var customer = office.Invoices.Select(i => i.Input.CustomerId).First(id => id is not null);
        yield return new();
        foreach (var status in Enum.GetValues<InvoiceStatus>()) yield return new() { Status = status };
        yield return new() { Overdue = true };
        yield return new() { Overdue = false };
        yield return new() { CustomerId = customer };
        yield return new() { CustomerId = customer, Status = InvoiceStatus.Sent };
        yield return new() { From = early, To = late };
        yield return new() { DueFrom = early };
        yield return new() { DueTo = late };
        yield return new() { MinAmount = 250, MaxAmount = 750 };
        yield return new() { CustomerId = Guid.CreateVersion7() };
        yield return new() { Status = InvoiceStatus.Sent, Overdue = true, From = early, DueTo = new(2026, 12, 31), MinAmount = 1 };
    }
}

public sealed class SqliteInvoiceListTests(SqliteStore store) : InvoiceListTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresInvoiceListTests(PostgresStore store) : InvoiceListTests(store), IClassFixture<PostgresStore>;
