using Microsoft.Extensions.Time.Testing;
using Tms.EventStore;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>Totals are those of now, and counted no more often than they can change.</summary>
public abstract class ListTotalTests(Store store)
{
    private static readonly InvoiceFilter All = new();
    private readonly FakeTimeProvider _time = new();
    private int _counts;

    [Fact]
    public async Task A_total_is_counted_once_while_nothing_happens_and_anew_after_an_event()
    {
        var (totals, office) = (new ListTotals(store.Database, _time), new Office(store));
        await office.Draft("Kari");
        Assert.Equal((1, 1), (await Total(totals, office, All), await Total(totals, office, new())));
        Assert.Equal(1, _counts);

        await office.Draft("Kari");
        Assert.Equal((2, 2), (await Total(totals, office, All), _counts));
    }

    [Fact]
    public async Task Each_company_and_filter_has_a_total_of_its_own()
    {
        var (totals, office) = (new ListTotals(store.Database, _time), new Office(store));
        await office.Draft("Kari");
        Assert.Equal(1, await Total(totals, office, All));
        Assert.Equal(0, await Total(totals, office, new() { Search = "ola" }));
        Assert.Equal(0, await Total(totals, new Office(store), All));
    }

    [Fact]
    public async Task A_total_is_counted_anew_when_the_rows_may_have_been_repaired()
    {
        var (totals, office) = (new ListTotals(store.Database, _time), new Office(store));
        await office.Draft("Kari");
        await Total(totals, office, All);
        _time.Advance(ListTotals.Longest);
        await Total(totals, office, All);
        Assert.Equal(2, _counts);

        await store.Database.Execute("update tenants set models = '' where tenant = @tenant", Cancel, ("tenant", office.Tenant.Value));
        await Total(totals, office, All);
        Assert.Equal(3, _counts);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<long> Total(ListTotals totals, Office office, InvoiceFilter filter)
    {
        return totals.Of(office.Tenant, filter, Count, Cancel);

        Task<long> Count()
        {
            _counts++;
            return store.Part<InvoiceList>().Count(office.Tenant, filter, Cancel);
        }
    }
}

public sealed class SqliteListTotalTests(SqliteStore store) : ListTotalTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresListTotalTests(PostgresStore store) : ListTotalTests(store), IClassFixture<PostgresStore>;
