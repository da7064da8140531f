using Tms.Domain.Invoices;
using Tms.Domain.Ledger;
using Tms.EventStore;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Ledger;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Ledger;

/// <summary>What reports read is what the vouchers say, once per database.</summary>
public abstract class LedgerTests(Store store)
{
    private static readonly DateOnly First = new(2026, 11, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Balances_of_any_period_are_the_sums_of_its_lines(int seed)
    {
        var office = new Office(store);
        await new OfficeDay(office, seed).Do(400);
        var vouchers = await All(office.Tenant);
        Assert.True(vouchers.Count > 20);
        var days = new Random(seed);
        for (var n = 0; n < 20; n++)
        {
            var from = First.AddDays(days.Next(-40, 40));
            var to = from.AddDays(days.Next(0, 70));
            Assert.Equal(Summed(vouchers, from, to), await Between(office.Tenant, from, to));
        }
    }

    [Fact]
    public async Task The_books_of_a_moment_that_is_past_are_as_they_were()
    {
        var office = new Office(store);
        await new OfficeDay(office, 23).Do(100);
        var then = await All(office.Tenant);
        var moment = then.Max(voucher => voucher.CreatedAt);
        var id = await office.Sent("Sen Kunde AS");

        var past = await store.Part<AccountBalances>().Between(office.Tenant, First.AddYears(-1), First.AddYears(1), moment, Cancel);

        Assert.Equal(Summed(then, First.AddYears(-1), First.AddYears(1)), past);
        Assert.NotEqual(past, await Between(office.Tenant, First.AddYears(-1), First.AddYears(1)));
        Assert.Single(await All(office.Tenant), voucher => voucher.Stream == id);
    }

    [Fact]
    public async Task Vouchers_have_numbers_without_gaps_and_each_is_found_by_its_event()
    {
        var office = new Office(store);
        await new OfficeDay(office, 24).Do(120);
        var vouchers = await All(office.Tenant);
        Assert.Equal(Enumerable.Range(1, vouchers.Count).Select(n => (long?)n), vouchers.Select(voucher => voucher.Number));
        foreach (var voucher in vouchers.Take(5)) Assert.Equal(
            voucher.Lines, (await store.Part<VoucherList>().Find(office.Tenant, voucher.Id, Cancel))!.Lines);
        Assert.Null(await store.Part<VoucherList>().Find(new Office(store).Tenant, vouchers[0].Id, Cancel));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_date_account_kind_and_invoice()
    {
        var office = new Office(store);
        var id = await office.Sent("A", i => i with { IssueDate = First });
        await office.Sent("B");
        Assert.True(await office.Do(id, new PayInvoice(Guid.CreateVersion7(), 25)));

        Assert.Equal([1, 2, 3], await Numbers(new()));
        Assert.Equal([1], await Numbers(new(To: First)));
        Assert.Equal([2, 3], await Numbers(new(From: First.AddDays(1))));
        Assert.Equal([3], await Numbers(new(Account: 1920)));
        Assert.Equal([1, 2], await Numbers(new(Kind: VoucherKind.Sale)));
        Assert.Equal([1, 3], await Numbers(new(Stream: id)));

        async Task<IEnumerable<long?>> Numbers(VoucherFilter filter) => (await All(office.Tenant, filter)).Select(v => v.Number);
    }

    private async Task<List<VoucherRow>> All(TenantId tenant, VoucherFilter? filter = null)
    {
        var (list, all) = (store.Part<VoucherList>(), new List<VoucherRow>());
        Keyset? after = null;
        do
        {
            var page = await list.Find(tenant, filter ?? new(), VoucherSort.CreatedAt, false, new(25, after), Cancel);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(await list.Count(tenant, filter ?? new(), Cancel), all.Count);
        return all;
    }

    private Task<IReadOnlyList<AccountMovement>> Between(TenantId tenant, DateOnly from, DateOnly to) =>
        store.Part<AccountBalances>().Between(tenant, from, to, null, Cancel);

    private static IEnumerable<AccountMovement> Summed(IEnumerable<VoucherRow> vouchers, DateOnly from, DateOnly to) =>
        vouchers.Where(voucher => voucher.Date <= to)
            .SelectMany(voucher => voucher.Lines.Select(line => (voucher.Date, line.Account, line.Amount)))
            .GroupBy(line => line.Account).OrderBy(account => account.Key)
            .Select(account => new AccountMovement(
                account.Key, account.Where(line => line.Date < from).Sum(line => line.Amount),
                account.Where(line => line.Date >= from && line.Amount > 0).Sum(line => line.Amount),
                -account.Where(line => line.Date >= from && line.Amount < 0).Sum(line => line.Amount)));
}

public sealed class LedgerOnSqlite(SqliteStore store) : LedgerTests(store), IClassFixture<SqliteStore>;

public sealed class LedgerOnPostgres(PostgresStore store) : LedgerTests(store), IClassFixture<PostgresStore>;
