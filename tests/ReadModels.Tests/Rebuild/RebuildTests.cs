using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Tests.Stores;
using Tms.Testing;

namespace Tms.ReadModels.Tests.Rebuild;

/// <summary>Rebuilt is live: every table is what the log gives from scratch.</summary>
public abstract class RebuildTests(Store store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Live_rows_are_the_fold_of_the_log(int seed)
    {
        var office = new Office(store);
        await new OfficeDay(office, seed).Do(250);

        var standing = await store.Standing(office.Tenant);

        Assert.True(standing.Length > 100, $"Only {standing.Length} rows.");
        Assert.All(
            store.ReadModels.Tables, table => Assert.Contains(standing, row => row.StartsWith($"{table}: ", StringComparison.Ordinal)));
        Assert.Equal(await store.Folded(office.Tenant), standing);
    }

    [Fact]
    public async Task Rebuilding_whatever_stood_there_gives_the_same_rows()
    {
        var office = new Office(store);
        await new OfficeDay(office, 4).Do(200);
        var live = await store.Standing(office.Tenant);
        foreach (var table in store.ReadModels.Tables) await store.Database.Execute(
            $"delete from {table} where tenant = @tenant", TestContext.Current.CancellationToken, ("tenant", office.Tenant.Value));
        Assert.Empty(await store.Standing(office.Tenant));

        await store.ReadModels.Rebuild(null, TestContext.Current.CancellationToken).Within(Limit);

        Assert.Equal(live, await store.Standing(office.Tenant));
        await new OfficeDay(office, 5).Do(50);
        Assert.Equal(await store.Folded(office.Tenant), await store.Standing(office.Tenant));
    }

    [Fact]
    public async Task Rebuilding_while_people_work_loses_nothing_of_what_they_do()
    {
        Office[] offices = [.. Enumerable.Range(0, 4).Select(_ => new Office(store))];
        var seed = 10;
        // So much at most while a table is folded: a log that grows for as long as its fold takes has no end on a slow machine.
        async Task Work(Task rebuilding)
        {
            for (var n = 0; n < 6 && (n == 0 || !rebuilding.IsCompleted); n++)
                await Task.WhenAll(offices.Select(office => Task.Run(() => new OfficeDay(office, Interlocked.Increment(ref seed)).Do(15))));
        }

        await Work(Task.CompletedTask);
        foreach (var table in store.ReadModels.Tables)
        {
            var rebuilding = store.ReadModels.Rebuild(table, TestContext.Current.CancellationToken).Within(Limit);
            await Work(rebuilding);
            await rebuilding;
        }

        foreach (var office in offices) Assert.Equal(await store.Folded(office.Tenant), await store.Standing(office.Tenant));
    }

    [Fact]
    public async Task Queries_see_the_old_rows_until_the_new_ones_are_there()
    {
        var office = new Office(store);
        await new OfficeDay(office, 6).Do(60);
        var live = (await store.Standing(office.Tenant)).Length;

        var rebuilding = store.ReadModels.Rebuild("invoices", TestContext.Current.CancellationToken).Within(Limit);
        do Assert.Equal(live, (await store.Standing(office.Tenant)).Length);
        while (!rebuilding.IsCompleted);
        await rebuilding;
    }

    [Fact]
    public async Task A_row_that_somebody_deleted_takes_no_event_until_the_table_is_folded_anew()
    {
        var office = new Office(store);
        var customer = await office.Customer("Fjord AS");
        await store.Database.Execute(
            "delete from customers where tenant = @tenant", TestContext.Current.CancellationToken, ("tenant", office.Tenant.Value));
        var refused = await Assert.ThrowsAsync<UnitRejectedException>(() => office.Do(customer, new ArchiveCustomer()));
        Assert.Contains("fold the table anew", refused.Message, StringComparison.Ordinal);
        await office.Customer("Dal AS");
        await store.ReadModels.Rebuild("customers", TestContext.Current.CancellationToken).Within(Limit);
        Assert.True(await office.Do(customer, new ArchiveCustomer()));
        Assert.Equal(await store.Folded(office.Tenant), await store.Standing(office.Tenant));
    }

    private static readonly string[] Beside = ["account_months", "invoice_terms", "ledger_lines", "vat_months", "vouchers"];

    [Fact]
    public void Every_read_model_can_be_rebuilt() =>
        Assert.Equal(
            TmsAggregates.All.Where(a => a.IsListed).Select(a => a.Name.Replace('-', '_')).Concat(Beside).Order(),
            store.ReadModels.Tables);
}

public sealed class SqliteRebuildTests(SqliteStore store) : RebuildTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresRebuildTests(PostgresStore store) : RebuildTests(store), IClassFixture<PostgresStore>;
