using System.Text;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A state is folded from the nearest snapshot and every event after it, or not at all.</summary>
public sealed class FoldTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    private const int Stretch = 1200, Keyed = Stretch + 2;

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
        var unit = new AppendUnit
        {
            Tenant = company.Tenant,
            Streams = [new(company.Tenant, new("invoices", id), new(4), [changed])],
            Metadata = "{}"u8.ToArray(),
        };
        Assert.IsType<AppendResult.Appended>(await cluster.Writer.Append(unit, TestContext.Current.CancellationToken));
        await cluster.Deactivate(invoice);
        await Assert.ThrowsAsync<NewerEventException>(() => invoice.Get());
        await Assert.ThrowsAsync<NewerEventException>(() => invoice.Execute(Some.Update("late"), Some.Context()));
    }

    [Fact]
    public async Task A_repeat_of_a_keyed_command_reads_few_events()
    {
        var (_, invoice, first) = await Long(cluster.Company());
        var outcome = await Reading(invoice, 1, () => invoice.Execute(Some.Update("keyed"), Some.Keyed("a")));
        Assert.Equal((OutcomeKind.Replayed, TestCompany.Json(first)), (outcome.Kind, TestCompany.Json(outcome.View)));
    }

    [Fact]
    public async Task A_version_and_a_time_long_ago_read_what_follows_the_snapshot_before_them()
    {
        var (company, invoice, _) = await Long(cluster.Company());
        var (version, before) = (Keyed + 300, await company.Folded(invoice, Keyed + 300));
        Assert.Equal(before, TestCompany.Json(await Reading(invoice, 301, () => invoice.GetVersion(version))));

        var there = await company.Folded(invoice, Keyed - 1);
        Assert.Equal(there, TestCompany.Json(await Reading(invoice, 0, () => invoice.GetVersion(Keyed - 1))));

        var last = (await company.Events(invoice))[Keyed + Stretch - 1];
        Assert.Equal(last.Version.Value, (await Reading(invoice, 0, () => invoice.GetAsOf(last.Time)))!.Version);
        Assert.Equal(Keyed, (await Reading(invoice, 1, () => invoice.GetAsOf(last.Time.AddMicroseconds(-1))))!.Version);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_is_passed_over_for_an_earlier_one()
    {
        var (company, invoice, _) = await Long(cluster.Company());
        var all = await company.Folded(invoice);
        cluster.Reader.Spoiled[TestCompany.IdOf(invoice)] = (Keyed, Encoding.UTF8.GetBytes("{"));
        await cluster.Deactivate(invoice);

        Assert.Equal(all, TestCompany.Json(await invoice.Get()));
        Assert.Equal(
            await company.Folded(invoice, (2 * Stretch) + 10),
            TestCompany.Json(await Reading(invoice, Stretch + 9, () => invoice.GetVersion((2 * Stretch) + 10))));
        cluster.Reader.Spoiled[TestCompany.IdOf(invoice)] = (0, Encoding.UTF8.GetBytes("{"));
        Assert.Equal(await company.Folded(invoice, Keyed), TestCompany.Json(await invoice.GetVersion(Keyed)));
    }

    private static async Task<(IInvoiceGrain Invoice, Guid Id)> ThreeTimesChanged(TestCompany company)
    {
        var invoice = await company.Draft();
        for (var n = 1; n <= 3; n++) await TestCompany.Done(invoice.Execute(Some.Update($"{n}"), Some.Context()));
        return (invoice, TestCompany.IdOf(invoice));
    }

    /// <summary>
    /// A draft of three stretches; after the first and the second a command takes a snapshot along that stays, the first one under the key
    /// a.
    /// </summary>
    private async Task<(TestCompany Company, IInvoiceGrain Invoice, InvoiceView First)> Long(TestCompany company)
    {
        await company.Registered();
        var invoice = await company.Draft();
        await Grow(company, invoice);
        var first = await TestCompany.Done(invoice.Execute(Some.Update("keyed"), Some.Keyed("a")));
        Assert.Equal(Keyed, first.Version);
        await Grow(company, invoice);
        await TestCompany.Done(invoice.Execute(Some.Update("second"), Some.Context()));
        await Grow(company, invoice);
        Assert.Equal(3 + (3 * Stretch), (await invoice.Get())!.Version);
        return (company, invoice, first);
    }

    private async Task Grow(TestCompany company, IInvoiceGrain invoice)
    {
        await company.ForeignUpdates(invoice, [.. Enumerable.Range(0, Stretch).Select(n => $"{n}")]);
        await cluster.Deactivate(invoice);
    }

    /// <summary>What a call answers, and that it read so many events.</summary>
    private async Task<T> Reading<T>(IInvoiceGrain invoice, int events, Func<Task<T>> call)
    {
        cluster.Reader.EventsRead.Clear();
        var answer = await call().Within(TestCompany.Limit);
        Assert.Equal(events, cluster.Reader.EventsRead.GetValueOrDefault(TestCompany.IdOf(invoice)));
        return answer;
    }
}
