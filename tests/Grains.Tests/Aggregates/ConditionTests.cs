using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>Versions that a caller names, refusals, and reading an aggregate as it is or was.</summary>
public sealed class ConditionTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    private static readonly int[] First = [1], Second = [1, 2];

    [Fact]
    public async Task A_version_that_moved_on_is_stale_and_nothing_is_stored()
    {
        var (company, invoice) = await Updated(cluster.Company(), "theirs");

        var outcome = await invoice.Execute(Some.Update("mine"), Some.Context() with { ExpectedVersions = First });

        Assert.Equal((OutcomeKind.Stale, null), (outcome.Kind, outcome.View));
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task What_is_created_has_none_of_the_versions_that_a_caller_names()
    {
        var company = await cluster.Company().Registered();
        var invoice = company.Invoice(Guid.CreateVersion7());

        var outcome = await invoice.Execute(new CreateInvoice(Some.Input()), Some.Context() with { ExpectedVersions = First });

        Assert.Equal((OutcomeKind.Stale, null), (outcome.Kind, outcome.View));
        Assert.Empty(await company.Events(invoice));
    }

    [Fact]
    public async Task One_of_several_versions_is_enough()
    {
        var (_, invoice) = await Updated(cluster.Company(), "theirs");
        await TestCompany.Done(invoice.Execute(Some.Update("mine"), Some.Context() with { ExpectedVersions = Second }));
    }

    [Fact]
    public async Task Of_twenty_writers_of_one_version_one_wins()
    {
        var (company, invoice) = await Updated(cluster.Company(), "start");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            invoice.Execute(Some.Update($"{n}"), Some.Context() with { ExpectedVersions = Second }))).Within(TestCompany.Limit);
        Assert.Single(outcomes, o => o.Kind == OutcomeKind.Done);
        Assert.Equal(19, outcomes.Count(o => o.Kind == OutcomeKind.Stale));
        Assert.Equal(3, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_keyed_repeat_with_the_version_of_then_is_replayed()
    {
        var (company, invoice) = await Updated(cluster.Company(), "start");
        var context = Some.Keyed("a") with { ExpectedVersions = Second };
        var first = await TestCompany.Done(invoice.Execute(Some.Update("mine"), context));

        var again = await invoice.Execute(Some.Update("mine"), context with { CommandId = Guid.CreateVersion7() });

        Assert.Equal((OutcomeKind.Replayed, TestCompany.Json(first)), (again.Kind, TestCompany.Json(again.View)));
        Assert.Equal(3, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task A_repeat_of_an_unknown_outcome_with_the_version_of_then_is_done_not_stale()
    {
        var (_, invoice) = await Updated(cluster.Company(), "start");
        var context = Some.Context() with { ExpectedVersions = Second };
        await TestCompany.Done(invoice.Execute(Some.Update("mine"), context));

        Assert.Equal(3, (await TestCompany.Done(invoice.Execute(Some.Update("mine"), context with { MayHaveHappened = true }))).Version);
    }

    [Fact]
    public async Task A_version_of_what_does_not_exist_is_not_found()
    {
        var company = await cluster.Company().Registered();
        var outcome =
            await company.Invoice(Guid.CreateVersion7()).Execute(Some.Update("x"), Some.Context() with { ExpectedVersions = First });
        Assert.Equal((OutcomeKind.Refused, RefusalKind.NotFound), (outcome.Kind, outcome.Refusal!.Kind));
    }

    [Fact]
    public async Task A_refused_command_leaves_nothing()
    {
        var (company, invoice) = await Updated(cluster.Company(), "start");
        await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));
        var (before, units) = (await company.Log(), cluster.Writer.Units.Count);

        var outcome = await invoice.Execute(Some.Update("late"), Some.Context());

        Assert.Equal((OutcomeKind.Refused, "invoice_not_draft", null), (outcome.Kind, outcome.Refusal!.Code, outcome.View));
        Assert.Equal((before.Count, units), ((await company.Log()).Count, cluster.Writer.Units.Count));
        Assert.Equal(3, (await invoice.Get())!.Version);
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_done_and_stores_nothing()
    {
        var (company, invoice) = await Updated(cluster.Company(), "start");
        Assert.Equal(2, (await TestCompany.Done(invoice.Execute(Some.Update("start"), Some.Context()))).Version);
        Assert.Equal(2, (await company.Events(invoice)).Count);
    }

    [Fact]
    public async Task What_does_not_exist_is_null_and_keeps_no_activation()
    {
        var company = await cluster.Company().Registered();
        var invoice = company.Invoice(Guid.CreateVersion7());
        Assert.Null(await invoice.Get());
        Assert.Null(await invoice.GetVersion(1));
        Assert.Null(await invoice.GetAsOf(TimeProvider.System.GetUtcNow()));
        Assert.Equal(OutcomeKind.Refused, (await invoice.Execute(Some.Update("x"), Some.Context())).Kind);
        Assert.Equal(OutcomeKind.Refused, (await invoice.Execute(Some.Update("x"), Some.Keyed("a"))).Kind);
        Assert.Equal(5, cluster.Reader.LoadsOf(TestCompany.IdOf(invoice)));
    }

    [Fact]
    public async Task Every_version_can_be_seen_as_it_was()
    {
        var (company, invoice) = await Updated(cluster.Company(), "second");
        await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));
        for (var version = 1; version <= 3; version++)
            Assert.Equal(await company.Folded(invoice, version), TestCompany.Json(await invoice.GetVersion(version)));
        Assert.Null(await invoice.GetVersion(0));
        Assert.Null(await invoice.GetVersion(-1));
        Assert.Null(await invoice.GetVersion(4));
    }

    [Fact]
    public async Task Every_time_can_be_seen_as_it_was()
    {
        var (company, invoice) = await Updated(cluster.Company(), "second");
        var log = await company.Events(invoice);
        Assert.Null(await invoice.GetAsOf(log[0].Time.AddMicroseconds(-1)));
        Assert.Equal(1, (await invoice.GetAsOf(log[0].Time))!.Version);
        Assert.Equal(1, (await invoice.GetAsOf(log[1].Time.AddMicroseconds(-1)))!.Version);
        Assert.Equal(await company.Folded(invoice), TestCompany.Json(await invoice.GetAsOf(log[1].Time)));
        Assert.Equal(2, (await invoice.GetAsOf(log[1].Time.AddYears(1)))!.Version);
    }

    /// <summary>A draft at version 2.</summary>
    private static async Task<(TestCompany Company, IInvoiceGrain Invoice)> Updated(TestCompany company, string note)
    {
        await company.Registered();
        var invoice = await company.Draft();
        await TestCompany.Done(invoice.Execute(Some.Update(note), Some.Context()));
        return (company, invoice);
    }
}
