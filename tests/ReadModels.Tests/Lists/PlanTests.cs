using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;
using Tms.Testing.Plans;
using Tms.Testing.Postgres;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>The orders that the contract promises are served by an index, however many invoices there are.</summary>
public sealed class PlanTests(PostgresStore store) : IClassFixture<PostgresStore>, IAsyncLifetime
{
    private const int Many = 20_000, PerUnit = 400, Customers = 50;
    private readonly TenantId _tenant = new(Guid.CreateVersion7());
    private readonly Guid[] _customers = [.. Enumerable.Range(0, Customers).Select(_ => Guid.CreateVersion7())];

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Many / PerUnit).Select(n => Append(_tenant, n * PerUnit, PerUnit)));
        await Append(new(Guid.CreateVersion7()), 0, PerUnit);
        // As autovacuum does sooner or later: an index alone is read where pages are known to be seen by all.
        await PostgresDatabases.Execute(store.ConnectionString, "vacuum analyze");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Created_and_number_alone_or_with_status_or_customer_are_read_from_an_index_without_sorting()
    {
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            var watched = new ExplainingPostgres(store.ConnectionString, $"plan_cache_mode = {mode}");
            foreach (var filter in (InvoiceFilter[])[new(), new() { Status = InvoiceStatus.Sent }, new() { CustomerId = _customers[7] }])
            {
                foreach (var sort in (InvoiceSort[])[InvoiceSort.CreatedAt, InvoiceSort.Number])
                {
                    foreach (var descending in (bool[])[false, true]) await IsServedByAnIndex(watched, filter, new(sort, descending));
                }
            }
        }
    }

    [Fact]
    public async Task A_search_looks_its_terms_up()
    {
        var watched = new ExplainingPostgres(store.ConnectionString);
        var page = await new InvoiceList(watched).Find(
            _tenant, new() { Search = "kunde 12345" }, new(InvoiceSort.CreatedAt, true), new(20), TestContext.Current.CancellationToken);
        Assert.Single(page.Items);
        Assert.All(watched.Seen, plan => Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal));
        Assert.Contains(watched.Seen, plan => plan.Contains("invoice_terms_pkey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_nearly_all_match_goes_through_the_list_until_its_page_is_full()
    {
        var watched = new ExplainingPostgres(store.ConnectionString);
        var page = await new InvoiceList(watched).Find(
            _tenant, new() { Search = "k" }, new(InvoiceSort.CreatedAt, true), new(20), TestContext.Current.CancellationToken);
        Assert.Equal(20, page.Items.Count);
        var list = Assert.Single(watched.Seen, plan => plan.Contains("from invoices ", StringComparison.Ordinal));
        Assert.Contains("invoices_created", list, StringComparison.Ordinal);
        Assert.DoesNotContain("invoice_terms", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_page_by_number_passes_the_rows_before_it_in_the_index_alone()
    {
        var watched = new ExplainingPostgres(store.ConnectionString);
        var order = new InvoiceOrder(InvoiceSort.CreatedAt, true);
        var page =
            await new InvoiceList(watched).Find(_tenant, new(), order, new(20, Offset: Many - 5), TestContext.Current.CancellationToken);
        Assert.Equal((5, null), (page.Items.Count, page.Next));
        Assert.Contains("Index Only Scan Backward using invoices_created", watched.Seen[0], StringComparison.Ordinal);
        Assert.All(watched.Seen.Skip(1), plan => Assert.DoesNotContain("offset", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drafts_that_end_a_list_by_number_are_found_without_passing_the_numbered_ones()
    {
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            var watched = new ExplainingPostgres(store.ConnectionString, $"plan_cache_mode = {mode}");
            foreach (var filter in (InvoiceFilter[])[new(), new() { Status = InvoiceStatus.Sent }])
            {
                watched.Seen.Clear();
                await new InvoiceList(watched).Find(
                    _tenant, filter, new(InvoiceSort.Number, false), new(20, new(Many, 0)), TestContext.Current.CancellationToken);
                var drafts = Assert.Single(watched.Seen, plan => plan.Contains("number IS NULL", StringComparison.OrdinalIgnoreCase));
                Assert.Contains("invoices_unnumbered", drafts, StringComparison.Ordinal);
                Assert.DoesNotContain("Sort", drafts, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_fell_due_is_a_range_of_an_index_of_its_own_however_much_it_is()
    {
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            var watched = new ExplainingPostgres(store.ConnectionString, $"plan_cache_mode = {mode}");
            foreach (var (days, expected) in ((int, int)[])[(14, 0), (15, 64)])
            {
                var today = Oslo.DateOf(Office.Now).AddDays(days);
                var first = await new OverdueQuery(watched).Find(today, null, 64, TestContext.Current.CancellationToken);
                Assert.Equal(expected, first.Count);
                if (expected > 0)
                    Assert.Empty((await new OverdueQuery(watched).Find(today, first[^1], 64, TestContext.Current.CancellationToken))
                        .Intersect(first));
            }

            Assert.Equal(3, watched.Seen.Count);
            Assert.All(watched.Seen, plan => Assert.Contains("using invoices_unmarked", plan, StringComparison.Ordinal));
            Assert.All(watched.Seen, plan => Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal));
        }
    }

    private async Task IsServedByAnIndex(ExplainingPostgres watched, InvoiceFilter filter, InvoiceOrder order)
    {
        watched.Seen.Clear();
        var list = new InvoiceList(watched);
        var first = await list.Find(_tenant, filter, order, new(20), TestContext.Current.CancellationToken);
        var second = await list.Find(_tenant, filter, order, new(20, first.Next), TestContext.Current.CancellationToken);
        Assert.Equal((20, 20), (first.Items.Count, second.Items.Count));
        Assert.True(watched.Seen.Count >= 2, "No plans were seen.");
        Assert.All(watched.Seen, plan =>
        {
            Assert.Contains("Index Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Bitmap", plan, StringComparison.Ordinal);
        });
    }

    /// <summary>Invoices of which three of four are sent, in one unit.</summary>
    private async Task Append(TenantId tenant, int first, int count)
    {
        var unit = new AppendUnit
        {
            Tenant = tenant,
            Streams = [.. Enumerable.Range(first, count).Select(n => Invoice(tenant, n))],
            Metadata = new EventMetadata("kari", "c", Guid.CreateVersion7()).Encode(),
        };
        Assert.IsType<AppendResult.Appended>(await store.Writer.Append(unit));
    }

    private StreamAppend Invoice(TenantId tenant, int n)
    {
        var id = _customers[n % Customers];
        var customer = new CustomerSnapshot { Id = id, Name = $"Kunde {n}", Number = n };
        var (decider, now) = (InvoiceDecider.Instance, Office.Now);
        var create = (Decision<InvoiceEvent>.Accepted)decider.Decide(
            decider.Initial, new CreateInvoice(Office.Input("x") with { CustomerId = id, Customer = null }, customer), now);
        var draft = decider.Evolve(decider.Initial, create.Events[0], new(Guid.Empty, 1, now));
        var send = (Decision<InvoiceEvent>.Accepted)decider.Decide(draft, new SendInvoice(Office.Seller, customer), now);
        InvoiceEvent[] events = n % 4 == 0 ? [create.Events[0]] : [create.Events[0], .. send.With([n + 1, n + 1]).Events];
        return new(tenant, new(decider.StreamType, Guid.CreateVersion7()), StreamVersion.Empty, [.. events.Select(Data)]);
    }

    private static EventData Data(InvoiceEvent e)
    {
        var type = TmsEvents.Catalog.Of(e);
        return new(Guid.CreateVersion7(), type.Name, type.SchemaVersion, type.Encode(e), e);
    }
}
