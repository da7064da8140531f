using Tms.Domain.Invoices;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>What a grain does when the store, the network or another activation gets in its way.</summary>
public sealed class FaultTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    private static readonly Fault Throws = (_, _) => throw new StoreUnavailableException("The store was taken away.");
    private static readonly Fault LosesTheReply = async (unit, store) =>
    {
        Assert.IsType<AppendResult.Appended>(await store(unit));
        throw new StoreUnavailableException("The reply was lost.");
    };

    [Fact]
    public async Task An_append_by_somebody_else_is_a_conflict_and_the_next_call_sees_it()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await company.ForeignUpdate(invoice, "theirs");

        var outcome = await invoice.Execute(Some.Update("mine"), Some.Context());

        Assert.Equal((OutcomeKind.Conflict, null), (outcome.Kind, outcome.View));
        Assert.Equal((2, "theirs"), await State(invoice));
        var after = await TestCompany.Done(invoice.Execute(Some.Update("mine"), Some.Context()));
        Assert.Equal((3, "mine"), (after.Version, after.Note));
        Assert.Equal(3, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_store_that_fails_once_fails_one_command_and_the_next_loads_anew()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var loads = cluster.Reader.LoadsOf(TestCompany.IdOf(invoice));
        cluster.Writer.Next(TestCompany.IdOf(invoice), Throws);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(Some.Update("lost"), Some.Context()));

        var after = await TestCompany.Done(invoice.Execute(Some.Update("kept"), Some.Context()));
        Assert.Equal((2, "kept"), (after.Version, after.Note));
        Assert.Equal(loads + 1, cluster.Reader.LoadsOf(TestCompany.IdOf(invoice)));
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_lost_reply_stores_the_event_once_and_the_state_is_what_was_stored()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        cluster.Writer.Next(TestCompany.IdOf(invoice), LosesTheReply);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(Some.Update("stored"), Some.Context()));

        Assert.Equal((2, "stored"), await State(invoice));
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_repeat_after_an_unknown_outcome_answers_with_the_view_of_then_and_stores_nothing()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var context = Some.Context();
        cluster.Writer.Next(TestCompany.IdOf(invoice), LosesTheReply);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(Some.Update("first"), context));
        await TestCompany.Done(invoice.Execute(Some.Update("second"), Some.Context()));

        var again = await TestCompany.Done(invoice.Execute(Some.Update("first"), context with { MayHaveHappened = true }));

        Assert.Equal((2, "first"), (again.Version, again.Note));
        Assert.Equal(3, (await company.Events(invoice)).Count);
        Assert.Equal((3, "second"), await State(invoice));
    }

    [Fact]
    public async Task A_repeat_of_what_never_happened_happens_once()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var context = Some.Context();
        cluster.Writer.Next(TestCompany.IdOf(invoice), Throws);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(Some.Update("first"), context));

        var again = await TestCompany.Done(invoice.Execute(Some.Update("first"), context with { MayHaveHappened = true }));

        Assert.Equal((2, "first"), (again.Version, again.Note));
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_repeated_create_whose_reply_was_lost_is_found_too()
    {
        var company = await cluster.Company().Registered();
        var invoice = company.Invoice(Guid.CreateVersion7());
        var context = Some.Context();
        cluster.Writer.Next(TestCompany.IdOf(invoice), LosesTheReply);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(new CreateInvoice(Some.Input()), context));

        var again = await TestCompany.Done(invoice.Execute(new CreateInvoice(Some.Input()), context with { MayHaveHappened = true }));

        Assert.Equal(1, again.Version);
        Assert.Single(await company.Events(invoice));
    }

    [Fact]
    public async Task A_repeat_of_a_command_of_many_events_answers_with_the_view_after_the_last_of_them()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var context = Some.Context();
        await company.ForeignUpdates(invoice, [.. Enumerable.Range(1, 2100).Select(n => $"{n}")], context.CommandId);
        await company.ForeignUpdates(invoice, ["another"]);

        var again = await TestCompany.Done(invoice.Execute(Some.Update("2100"), context with { MayHaveHappened = true }));

        Assert.Equal((2101, "2100"), (again.Version, again.Note));
    }

    [Fact]
    public async Task A_send_whose_reply_was_lost_has_one_number()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var context = Some.Context();
        cluster.Writer.Next(TestCompany.IdOf(invoice), LosesTheReply);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Execute(new SendInvoice(), context));

        var again = await TestCompany.Done(invoice.Execute(new SendInvoice(), context with { MayHaveHappened = true }));
        var next = await TestCompany.Done((await company.Draft()).Execute(new SendInvoice(), Some.Context()));

        Assert.Equal((1, 2), (again.Number, next.Number));
    }

    [Fact]
    public async Task The_store_retrying_its_own_lost_commit_is_no_second_event()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        cluster.Writer.Next(TestCompany.IdOf(invoice), async (unit, store) =>
        {
            Assert.IsType<AppendResult.Appended>(await store(unit));
            return await store(unit);
        });

        var view = await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));

        Assert.Equal((2, 1), (view.Version, view.Number));
        Assert.Equal(2, (await company.Events(invoice)).Count);
        Assert.Equal(await company.Folded(invoice), TestCompany.Json(await invoice.Get()));
    }

    [Fact]
    public async Task Fifty_commands_at_once_are_fifty_appends_and_no_more_reads()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var loads = cluster.Reader.LoadsOf(TestCompany.IdOf(invoice));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 50).Select(n => invoice.Execute(Some.Update($"{n}"), Some.Context())))
            .Within(TestCompany.Limit);

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Done, outcome.Kind));
        Assert.Equal(Enumerable.Range(2, 50), outcomes.Select(o => o.View!.Version).Order());
        Assert.Equal(51, (await company.Events(invoice)).Count);
        Assert.Equal(51, cluster.Writer.Units.Count(u => u.Streams[0].Stream.Id == TestCompany.IdOf(invoice)));
        Assert.Equal(loads, cluster.Reader.LoadsOf(TestCompany.IdOf(invoice)));
    }

    [Fact]
    public async Task Of_twenty_commands_at_once_one_failure_is_one_callers_and_none_is_lost()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        cluster.Writer.Next(TestCompany.IdOf(invoice), (unit, store) => store(unit));
        cluster.Writer.Next(TestCompany.IdOf(invoice), Throws);

        var results = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Caught(invoice.Execute(Some.Update($"{n}"), Some.Context()))))
            .Within(TestCompany.Limit);

        Assert.IsType<StoreUnavailableException>(Assert.Single(results, r => r is not null));
        Assert.Equal(20, (await company.Events(invoice)).Count);
        Assert.Equal(await company.Folded(invoice), TestCompany.Json(await invoice.Get()));
    }

    [Fact]
    public async Task A_load_that_fails_is_told_at_once_and_the_next_call_loads()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await cluster.Deactivate(invoice);
        cluster.Reader.FailNext(TestCompany.IdOf(invoice), new StoreUnavailableException("The store was taken away."));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => invoice.Get().Within(TimeSpan.FromSeconds(5)));

        Assert.Equal(1, (await invoice.Get())!.Version);
        await TestCompany.Done(invoice.Execute(Some.Update("on we go"), Some.Context()));
    }

    [Fact]
    public async Task A_store_that_is_full_or_refuses_a_unit_costs_no_load()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        var loads = cluster.Reader.LoadsOf(TestCompany.IdOf(invoice));
        cluster.Writer.Next(TestCompany.IdOf(invoice), (_, _) => throw new StoreBusyException("Too many appends are waiting."));
        cluster.Writer.Next(TestCompany.IdOf(invoice), (_, _) => throw new UnitRejectedException("Too large."));

        await Assert.ThrowsAsync<StoreBusyException>(() => invoice.Execute(Some.Update("no"), Some.Context()));
        await Assert.ThrowsAsync<UnitRejectedException>(() => invoice.Execute(Some.Update("neither"), Some.Context()));

        Assert.Equal(2, (await TestCompany.Done(invoice.Execute(Some.Update("yes"), Some.Context()))).Version);
        Assert.Equal(loads, cluster.Reader.LoadsOf(TestCompany.IdOf(invoice)));
    }

    [Fact]
    public async Task What_already_is_so_is_looked_up_before_it_is_said()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft(Some.Input("mine"));
        await company.ForeignUpdate(invoice, "theirs");

        var view = await TestCompany.Done(invoice.Execute(Some.Update("mine"), Some.Context()));

        Assert.Equal((3, "mine"), (view.Version, view.Note));
    }

    [Fact]
    public async Task A_version_that_only_others_have_made_is_looked_up_before_it_is_called_stale()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await company.ForeignUpdate(invoice, "theirs");

        var view = await TestCompany.Done(invoice.Execute(Some.Update("mine"), Some.Context() with { ExpectedVersions = [2] }));

        Assert.Equal((3, "mine"), (view.Version, view.Note));
    }

    private static async Task<Exception?> Caught(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e;
        }
    }

    private static async Task<(int Version, string? Note)> State(IInvoiceGrain invoice) =>
        await invoice.Get() is { } view ? (view.Version, view.Note) : default;
}
