using Tms.Domain.Invoices;
using Tms.ReadModels.Customers;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;
using Tms.ReadModels.Users;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>Prefix search on what people type.</summary>
public abstract class SearchTests(Store store)
{
    // 199 characters as written, 201 as compared: the ligature becomes three, and the 200th is half of the last one.
    private static readonly string LongName = $"ﬃ{new string('a', 196)}😀";

    [Theory]
    [InlineData("Åse Østby", "åse", true)]
    [InlineData("Åse Østby", "ÅSE ØST", true)]
    [InlineData("Åse Østby", "A\u030Ase", true)]
    [InlineData("A\u030Ase Østby", "Åse", true)]
    [InlineData("ÆRLIG AS", "ær", true)]
    [InlineData("Åse   Østby", "  åse østby ", true)]
    [InlineData("Åse Østby", "ase", false)]
    [InlineData("Åse Østby", "Østby", false)]
    [InlineData("100% Frakt", "100%", true)]
    [InlineData("1000 Frakt", "100%", false)]
    [InlineData("a_b", "a_", true)]
    [InlineData("axb", "a_", false)]
    [InlineData("fjord\\sjø", "fjord\\", true)]
    [InlineData("O'Neill", "o'n", true)]
    [InlineData("O'Neill", "' or '1'='1", false)]
    [InlineData("😀 Taxi", "😀", true)]
    [InlineData("Ola", "olav", false)]
    [InlineData("INGEBRIGT", "ingeb", true)]
    [InlineData("Aaberg", "å", false)]
    [InlineData("Å-taxi", "åt", false)]
    public async Task A_name_is_found_by_how_it_begins(string name, string typed, bool found)
    {
        var office = new Office(store);
        var (invoice, customer, user) = (await office.Draft(name), await office.Customer(name), await office.User(name, "Hansen"));
        await office.Draft("Zebra");
        await office.Customer("Zebra");
        await office.User("Zebra", "Zebra");
        Assert.Equal(found ? [invoice] : [], await Invoices(office, typed));
        Assert.Equal(
            found ? [customer] : [],
            (await store.Part<CustomerList>()
                .Find(office.Tenant, new(Search: typed), new(CustomerSort.CreatedAt, false), new(10), Cancel)).Items.Select(
                    c => c.State.Id));
        Assert.Equal(
            found ? [user] : [],
            (await store.Part<UserList>().OfCompany(office.Tenant, typed, new(10), Cancel)).Items.Select(u => u.State.Id));
    }

    [Fact]
    public async Task A_sent_invoice_is_found_by_number_and_kid()
    {
        var office = new Office(store);
        var sent = new List<Guid>();
        for (var n = 0; n < 12; n++) sent.Add(await office.Sent("Kari"));
        var kid = office.State<Invoice>(sent[4]).Kid!;
        Assert.Equal([sent[4]], await Invoices(office, kid));
        Assert.Contains(sent[4], await Invoices(office, kid[..5]));
        Assert.Equal([sent[9], sent[10], sent[11]], (await Invoices(office, "1"))[1..]);
        Assert.Equal([sent[10]], await Invoices(office, "11"));
        Assert.Equal(12, (await Invoices(office, "kari")).Length);
        Assert.Empty(await Invoices(office, "13"));
    }

    [Fact]
    public async Task A_draft_is_found_by_its_customer_of_now_not_of_before()
    {
        var office = new Office(store);
        var draft = await office.Draft("Før AS");
        await office.Do(draft, new UpdateInvoice(Office.Input("Etter AS")));
        Assert.Empty(await Invoices(office, "før"));
        Assert.Equal([draft], await Invoices(office, "etter"));
        await office.Do(draft, new UpdateInvoice(Office.Input("Før AS")));
        Assert.Equal([draft], await Invoices(office, "før"));
        await office.Do(draft, new SendInvoice(Office.Seller));
        Assert.Empty(await Invoices(office, "etter"));
        Assert.Equal([draft], await Invoices(office, "før"));
    }

    [Fact]
    public async Task A_search_pages_filters_and_counts_like_any_list()
    {
        var office = new Office(store);
        await new OfficeDay(office, 41).Do(200);
        var filter = new InvoiceFilter { Search = "å", Status = InvoiceStatus.Draft };
        var expected = office.Invoices.Where(
            i => i.Status == InvoiceStatus.Draft && i.Input.Customer!.Name is "Ås Bygg AS" or "A\u030As Transport"
                && i.Status == InvoiceStatus.Draft).Select(i => i.Id);
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Order(),
            (await InvoiceModel.All(store.Part<InvoiceList>(), office, filter, new(InvoiceSort.Total, true), 2)).Select(r => r.Id).Order());
        Assert.Equal(expected.Count(), await store.Part<InvoiceList>().Count(office.Tenant, filter, Cancel));
    }

    [Fact]
    public async Task Nobody_finds_what_is_another_companys()
    {
        var (mine, theirs) = (new Office(store), new Office(store));
        foreach (var office in (Office[])[mine, theirs])
        {
            await office.Sent("Åse");
            await office.Customer("Åse");
            await office.User("Åse", "Hansen");
        }

        Assert.Equal(mine.Invoices.Select(i => i.Id), await Invoices(mine, "å"));
        Assert.Equal(mine.Invoices.Select(i => i.Id), await Invoices(mine, "1"));
        Assert.Equal(
            mine.Customers.Select(c => c.Id),
            (await store.Part<CustomerList>()
                .Find(mine.Tenant, new(Search: "å"), new(CustomerSort.Number, true), new(10), Cancel)).Items.Select(c => c.State.Id));
        Assert.Equal(
            mine.Users.Select(u => u.Id),
            (await store.Part<UserList>().OfCompany(mine.Tenant, "å", new(10), Cancel)).Items.Select(u => u.State.Id));
        Assert.Empty(await Invoices(new Office(store), ""));
    }

    [Fact]
    public async Task A_user_is_found_by_the_e_mail_address_too()
    {
        var office = new Office(store);
        var user = await office.User("Ola", "Hansen", "Per.Post@Example.no");
        Assert.Equal(
            [user], (await store.Part<UserList>().OfCompany(office.Tenant, "per.po", new(10), Cancel)).Items.Select(u => u.State.Id));
    }

    [Fact]
    public async Task A_name_that_grows_beyond_what_is_compared_is_cut_between_characters()
    {
        var office = new Office(store);
        var invoice = await office.Draft(LongName);
        Assert.Equal([invoice], await Invoices(office, LongName[..150]));
    }

    [Fact]
    public async Task A_list_of_customers_is_paged_in_both_orders()
    {
        var office = new Office(store);
        for (var n = 0; n < 9; n++) await office.Customer($"Kunde {n}");
        await office.Do(office.Customers.First().Id, new Domain.Customers.ArchiveCustomer());
        foreach (var order in (CustomerOrder[])[
            new(CustomerSort.CreatedAt, false), new(CustomerSort.Number, false), new(CustomerSort.CreatedAt, true),
            new(CustomerSort.Number, true)])
        {
            var numbers = new List<long>();
            Keyset? after = null;
            do
            {
                var page = await store.Part<CustomerList>().Find(office.Tenant, new(Archived: false), order, new(3, after), Cancel);
                numbers.AddRange(page.Items.Select(c => c.State.Number));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(
                order.Descending ? Enumerable.Range(2, 8).Select(n => (long)n).Reverse() : Enumerable.Range(2, 8).Select(n => (long)n),
                numbers);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Guid[]> Invoices(Office office, string typed) =>
        [.. (await store.Part<InvoiceList>()
            .Find(office.Tenant, new() { Search = typed }, new(InvoiceSort.CreatedAt, false), new(100), Cancel)).Items.Select(r => r.Id)];
}

public sealed class SqliteSearchTests(SqliteStore store) : SearchTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresSearchTests(PostgresStore store) : SearchTests(store), IClassFixture<PostgresStore>;

public sealed class TurkishSearchTests(TurkishStore store) : SearchTests(store), IClassFixture<TurkishStore>;
