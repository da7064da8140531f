using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>Sending through the grain, once per database.</summary>
public abstract class SendTests(AggregateCluster cluster)
{
    private const int Sends = 200, Conflicting = 20;

    [Fact]
    public async Task Two_hundred_sends_at_once_with_conflicts_among_them_have_numbers_without_gaps()
    {
        var company = await cluster.Company().Registered();
        var drafts = await Task.WhenAll(Enumerable.Range(0, Sends).Select(_ => company.Draft())).Within(TestCompany.Limit);
        foreach (var draft in drafts.Take(Conflicting))
        {
            cluster.Writer.Next(TestCompany.IdOf(draft), async (unit, store) =>
            {
                await company.ForeignUpdate(draft, "theirs");
                return await store(unit);
            });
        }

        var outcomes = await Task.WhenAll(drafts.Select(d => TestCompany.Send(d, new SendInvoice()))).Within(TestCompany.Limit);

        Assert.All(outcomes, o => Assert.Equal((OutcomeKind.Done, null), (o.Kind, o.Refusal)));
        var sent = (await company.Log()).Where(e => e.Type == "INVOICE_SENT").Select(Sent).ToArray();
        Assert.Equal(Enumerable.Range(1, Sends).Select(n => (long)n), sent.Select(s => s.Issue.Number));
        Assert.Equal(Enumerable.Range(1, Sends).Select(n => (long?)n), outcomes.Select(o => o.View!.Number).Order());
        Assert.Equal(Sends, sent.Select(s => s.Issue.Kid).Distinct().Count());
        Assert.Equal(Conflicting, sent.Count(s => s.Input.Note == "theirs"));
        foreach (var (draft, outcome) in drafts.Zip(outcomes)) Assert.Equal(await company.Folded(draft), TestCompany.Json(outcome.View));
    }

    [Fact]
    public async Task A_send_that_fails_draws_no_number()
    {
        var company = await cluster.Company().Registered();
        var drafts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => company.Draft()));
        cluster.Writer.Next(
            TestCompany.IdOf(drafts[1]), (unit, store) => store(unit with { Streams = [unit.Streams[0] with { Expected = new(7) }] }));

        var kinds = new List<OutcomeKind>();
        foreach (var draft in drafts) kinds.Add((await draft.Execute(new SendInvoice(), Some.Context())).Kind);

        Assert.Equal([OutcomeKind.Done, OutcomeKind.Conflict, OutcomeKind.Done], kinds);
        Assert.Equal([1, 2], (await company.Log()).Where(e => e.Type == "INVOICE_SENT").Select(e => Sent(e).Issue.Number));
    }

    [Fact]
    public async Task Seller_and_customer_are_on_the_invoice_as_they_are_when_it_is_sent()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var invoice = await company.Draft(Some.Input() with { Customer = null, CustomerId = TestCompany.IdOf(customer) });
        await TestCompany.Done(company.CompanyGrain.Execute(
            new UpdateCompany(Some.Company() with { Name = "Sørtransport AS", BankAccount = null }), Some.Context()));
        await TestCompany.Done(
            customer.Execute(new UpdateCustomer(Some.Customer() with { Name = "Ås Bygg AS", PaymentTermsDays = 30 }), Some.Context()));

        await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));
        await TestCompany.Done(company.CompanyGrain.Execute(new UpdateCompany(Some.Company() with { Name = "Too late" }), Some.Context()));
        await TestCompany.Done(customer.Execute(new UpdateCustomer(Some.Customer() with { Name = "Too late" }), Some.Context()));

        var sent = Sent((await company.Events(invoice))[^1]);
        Assert.Equal(("Sørtransport AS", null), (sent.Seller.Name, sent.Seller.BankAccount));
        Assert.Equal(("Ås Bygg AS", 1), (sent.Input.Customer!.Name, sent.Input.Customer.Number));
        Assert.Equal(30, sent.Issue.DueDate.DayNumber - sent.Issue.IssueDate.DayNumber);
        Assert.Equal("Ås Bygg AS", sent.Summary.Customer.Name);
        Assert.Equal(("Sørtransport AS", "Ås Bygg AS"), ((await invoice.Get())!.Seller!.Name, (await invoice.Get())!.Customer.Name));
    }

    private static InvoiceSent Sent(RecordedEvent e) => (InvoiceSent)TmsEvents.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
}

public sealed class SqliteSendTests(SqliteAggregates cluster) : SendTests(cluster), IClassFixture<SqliteAggregates>;

public sealed class PostgresSendTests(PostgresAggregates cluster) : SendTests(cluster), IClassFixture<PostgresAggregates>;
