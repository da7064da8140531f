using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>Commands with an idempotency key happen once, and are answered as they were the first time.</summary>
public sealed class KeyTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    [Fact]
    public async Task A_repeat_gets_the_body_as_it_was_then()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var first = await TestCompany.Done(invoice.Execute(Some.Update("first"), Some.Keyed("a")));
        await TestCompany.Done(invoice.Execute(Some.Update("later"), Some.Context()));

        await IsReplayed(invoice.Execute(Some.Update("first"), Some.Keyed("a")), first);

        Assert.Equal(3, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_repeat_that_the_state_would_refuse_by_now_is_replayed_all_the_same()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var first = await TestCompany.Done(invoice.Execute(Some.Update("first"), Some.Keyed("a")));
        var sent = await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Keyed("b")));
        await TestCompany.Done(invoice.Execute(Some.Pay(), Some.Context()));

        await IsReplayed(invoice.Execute(Some.Update("first"), Some.Keyed("a")), first);
        await IsReplayed(invoice.Execute(new SendInvoice(), Some.Keyed("b")), sent);
        await cluster.Deactivate(invoice);
        await IsReplayed(invoice.Execute(new SendInvoice(), Some.Keyed("b")), sent);
        Assert.Equal(4, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_hundred_at_once_happen_once_and_all_get_the_same_view()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => invoice.Execute(new SendInvoice(), Some.Keyed("send"))))
            .Within(TestCompany.Limit);

        Assert.Single(outcomes, o => o.Kind == OutcomeKind.Done);
        Assert.Equal(99, outcomes.Count(o => o.Kind == OutcomeKind.Replayed));
        Assert.Single(outcomes.Select(o => TestCompany.Json(o.View)).Distinct());
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_hundred_creates_with_one_key_make_one_invoice()
    {
        var company = await cluster.Company().Registered();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            company.Invoice(Guid.CreateVersion7()).Execute(new CreateInvoice(Some.Input()), Some.Keyed("create"))))
            .Within(TestCompany.Limit);

        Assert.Single(outcomes, o => o.Kind == OutcomeKind.Done);
        Assert.Equal(99, outcomes.Count(o => o.Kind == OutcomeKind.Replayed));
        Assert.Single(outcomes.Select(o => TestCompany.Json(o.View)).Distinct());
        Assert.Single(await company.Log(), e => e.Type == "INVOICE_CREATED");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_key_with_another_command_is_told_and_changes_nothing(bool refusedByNow)
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await TestCompany.Done(invoice.Execute(Some.Update("first"), Some.Keyed("a")));
        if (refusedByNow) await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));
        var before = (await company.Events(invoice)).Count;

        var outcome = await invoice.Execute(Some.Update("other"), Some.Keyed("a", says: "that"));

        Assert.Equal((OutcomeKind.KeyReused, null), (outcome.Kind, outcome.View));
        Assert.Equal(before, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_key_of_a_refused_command_is_still_free()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        Assert.Equal(OutcomeKind.Refused, (await invoice.Execute(Some.Pay(), Some.Keyed("a"))).Kind);

        await TestCompany.Done(invoice.Execute(Some.Update("now"), Some.Keyed("a", says: "that")));
    }

    [Fact]
    public async Task Keys_of_two_companies_do_not_meet()
    {
        foreach (var company in (TestCompany[])[await cluster.Company().Registered(), await cluster.Company().Registered()])
        {
            CallerTenant.Set(company.Id);
            await TestCompany.Done((await company.Draft()).Execute(Some.Update("mine"), Some.Keyed("a")));
        }
    }

    [Fact]
    public async Task A_keyed_command_whose_reply_was_lost_is_replayed()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        cluster.Writer.Next(TestCompany.IdOf(invoice), async (unit, store) =>
        {
            await store(unit);
            throw new EventStore.StoreUnavailableException("The reply was lost.");
        });
        await Assert.ThrowsAsync<EventStore.StoreUnavailableException>(() => invoice.Execute(new SendInvoice(), Some.Keyed("a")));

        var outcome = await invoice.Execute(new SendInvoice(), Some.Keyed("a"));

        Assert.Equal((OutcomeKind.Replayed, 1), (outcome.Kind, outcome.View!.Number));
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    /// <summary>As reactors send each of their commands.</summary>
    [Fact]
    public async Task A_keyed_command_that_may_have_happened_is_looked_up_by_its_key_and_no_stream_is_searched()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var context = Some.Keyed("a") with { MayHaveHappened = true };
        var first = await TestCompany.Done(invoice.Execute(Some.Update("first"), context));
        await TestCompany.Done(invoice.Execute(Some.Update("later"), Some.Context()));

        Assert.Equal(TestCompany.Json(first), TestCompany.Json(await TestCompany.Done(invoice.Execute(Some.Update("first"), context))));
        await IsReplayed(invoice.Execute(Some.Update("first"), context with { CommandId = Guid.CreateVersion7() }), first);

        Assert.Equal(3, (await company.Events(invoice)).Count);
        Assert.DoesNotContain(TestCompany.IdOf(invoice), cluster.Reader.Searches);
    }

    private static async Task IsReplayed(Task<Outcome<InvoiceView>> call, InvoiceView first)
    {
        var outcome = await call.Within(TestCompany.Limit);
        Assert.Equal((OutcomeKind.Replayed, TestCompany.Json(first)), (outcome.Kind, TestCompany.Json(outcome.View)));
    }
}
