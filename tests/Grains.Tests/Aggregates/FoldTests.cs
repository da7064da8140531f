using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invoices;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A state is folded from every event of its stream, or not at all.</summary>
public sealed class FoldTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    [Fact]
    public async Task An_aggregate_of_which_an_event_is_missing_is_not_loaded()
    {
        var (invoice, id) = await ThreeTimesChanged(await cluster.Company().Registered());
        await cluster.Deactivate(invoice);
        cluster.Reader.Hidden[id] = 2;
        await Assert.ThrowsAsync<InvalidDataException>(() => invoice.Get());
        cluster.Reader.Hidden.Clear();
        Assert.Equal(4, (await invoice.Get())!.Version);
    }

    [Fact]
    public async Task A_past_version_of_which_an_event_is_missing_is_not_shown()
    {
        var (invoice, id) = await ThreeTimesChanged(await cluster.Company().Registered());
        cluster.Reader.Hidden[id] = 2;
        await Assert.ThrowsAsync<InvalidDataException>(() => invoice.GetVersion(3));
        cluster.Reader.Hidden.Clear();
        Assert.Equal(3, (await invoice.GetVersion(3))!.Version);
    }

    [Fact]
    public async Task An_aggregate_that_a_newer_release_has_changed_is_refused_as_such()
    {
        var company = await cluster.Company().Registered();
        var (invoice, id) = await ThreeTimesChanged(company);
        var last = (await company.Events(invoice))[^1];
        var known = TmsEvents.Catalog.Decode(last.Type, last.SchemaVersion, last.Data.Span);
        // Rows are folded by the newer release, which knows the event.
        var changed = new EventData(Guid.CreateVersion7(), "INVOICE_OF_TOMORROW", 1, "{}"u8.ToArray(), known);
        var unit = new AppendUnit { Tenant = company.Tenant, Streams = [new(company.Tenant, new("invoices", id), new(4), [changed])], Metadata = "{}"u8.ToArray() };
        Assert.IsType<AppendResult.Appended>(await cluster.Writer.Append(unit, TestContext.Current.CancellationToken));
        await cluster.Deactivate(invoice);
        await Assert.ThrowsAsync<NewerEventException>(() => invoice.Get());
        await Assert.ThrowsAsync<NewerEventException>(() => invoice.Execute(Some.Update("late"), Some.Context()));
    }

    private static async Task<(IInvoiceGrain Invoice, Guid Id)> ThreeTimesChanged(TestCompany company)
    {
        var invoice = await company.Draft();
        for (var n = 1; n <= 3; n++) await TestCompany.Done(invoice.Execute(Some.Update($"{n}"), Some.Context()));
        return (invoice, TestCompany.IdOf(invoice));
    }
}
