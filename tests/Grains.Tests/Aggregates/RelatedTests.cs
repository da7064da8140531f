using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A decision that changes an existing other aggregate: together, or not at all.</summary>
public abstract class RelatedTests(AggregateCluster cluster)
{
    private const int Many = 200;

    [Fact]
    public async Task Two_hundred_commands_that_need_one_aggregate_lose_no_update_and_leave_no_gap()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var numbers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Add(company, customer))).Within(TestCompany.Limit);
        var view = await customer.Get();
        Assert.Equal((Many, Many + 1), (view!.PaymentTermsDays, view.Version));
        Assert.Equal(Enumerable.Range(1, Many).Select(n => (long)n), numbers.Order());
    }

    [Fact]
    public async Task Two_hundred_commands_that_may_together_not_go_beyond_a_limit_reach_it_and_never_pass_it()
    {
        const int limit = 50;
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Send(company, customer, limit))).Within(TestCompany.Limit);
        Assert.Equal((limit, Many - limit), (outcomes.Count(o => o.Kind == OutcomeKind.Done), outcomes.Count(o => o.Refusal is not null)));
        Assert.Equal((limit, limit + 1), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task An_aggregate_that_cannot_take_its_own_event_answers_with_no_other_state_and_keeps_nothing_from_others()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var tally = cluster.Grains.GetGrain<ITallyGrain>(GrainKey.For(company.Id, Guid.CreateVersion7()));
        await Assert.ThrowsAsync<InvalidCastException>(
            () => tally.Execute(new(TestCompany.IdOf(customer)) { Breaks = true }, Some.Context()));
        Assert.Equal((1, 2), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task The_other_aggregate_answers_with_what_was_decided_as_soon_as_it_is_acknowledged()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        for (var n = 1; n <= 3; n++)
        {
            await Add(company, customer);
            Assert.Equal((n, n + 1), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
        }

        Assert.Equal(5, (await TestCompany.Done(customer.Execute(new ArchiveCustomer(), Some.Context()))).Version);
    }

    [Fact]
    public async Task Another_aggregate_that_has_moved_on_unseen_is_looked_at_again_before_it_is_decided()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        await Foreign(company, customer, terms: 40);
        Assert.Null((await customer.Get())!.PaymentTermsDays);
        await Add(company, customer);
        Assert.Equal((41, 3), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task An_aggregate_of_a_process_that_stood_still_asks_the_log_before_it_answers()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        await Foreign(company, customer, terms: 40);
        Assert.Null((await customer.Get())!.PaymentTermsDays);

        cluster.StillTime.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((40, 2), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
        for (var second = 0; second < 31; second++) cluster.StillTime.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_repeat_whose_reply_was_lost_adds_once()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var (tally, context) = (cluster.Grains.GetGrain<ITallyGrain>(GrainKey.For(company.Id, Guid.CreateVersion7())), Some.Context());
        cluster.Writer.Next(TestCompany.IdOf(tally), async (unit, store) =>
        {
            await store(unit);
            return await store(unit);
        });
        await TestCompany.Done(tally.Execute(new(TestCompany.IdOf(customer)), context));
        await TestCompany.Done(tally.Execute(new(TestCompany.IdOf(customer)), context with { MayHaveHappened = true }));
        Assert.Equal((1, 2), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task Where_another_aggregate_of_a_decision_cannot_be_told_the_outcome_is_unknown_and_the_repeat_finds_it()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        var (tally, context) = (cluster.Grains.GetGrain<ITallyGrain>(GrainKey.For(company.Id, Guid.CreateVersion7())), Some.Context());
        cluster.Writer.Next(TestCompany.IdOf(tally), async (unit, store) =>
        {
            var stored = await store(unit);
            await cluster.Deactivate(customer);
            cluster.Reader.FailNext(TestCompany.IdOf(customer), new StoreUnavailableException("The store was taken away."));
            return stored;
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => tally.Execute(new(TestCompany.IdOf(customer)), context));
        await TestCompany.Done(tally.Execute(new(TestCompany.IdOf(customer)), context with { MayHaveHappened = true }));
        Assert.Equal((1, 2), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task Where_another_aggregate_has_moved_on_and_cannot_be_reached_nobody_is_told_of_a_conflict()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        await Foreign(company, customer, terms: 40);
        var (tally, context) = (cluster.Grains.GetGrain<ITallyGrain>(GrainKey.For(company.Id, Guid.CreateVersion7())), Some.Context());
        cluster.Writer.Next(TestCompany.IdOf(tally), async (unit, store) =>
        {
            var refused = await store(unit);
            await cluster.Deactivate(customer);
            cluster.Reader.FailNext(TestCompany.IdOf(customer), new StoreUnavailableException("The store was taken away."));
            return refused;
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => tally.Execute(new(TestCompany.IdOf(customer)), context));
        await TestCompany.Done(tally.Execute(new(TestCompany.IdOf(customer)), context with { MayHaveHappened = true }));
        Assert.Equal((41, 3), ((await customer.Get())!.PaymentTermsDays, (await customer.Get())!.Version));
    }

    [Fact]
    public async Task An_aggregate_that_cannot_read_what_others_appended_says_so_and_reads_it_at_the_next_call()
    {
        var company = await cluster.Company().Registered();
        var customer = await company.NewCustomer(Some.Customer());
        await Foreign(company, customer, terms: 40);
        await cluster.Grains.Of(company.Tenant, new("customers", TestCompany.IdOf(customer))).Moved(2);
        cluster.Reader.FailNext(TestCompany.IdOf(customer), new StoreUnavailableException("The store was taken away."));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => customer.Get());
        Assert.Equal(40, (await customer.Get())!.PaymentTermsDays);
    }

    /// <summary>Sends a command, and again where it hears of a conflict; the first number that it drew.</summary>
    private async Task<long> Add(TestCompany company, ICustomerGrain customer)
    {
        var outcome = await Send(company, customer, int.MaxValue);
        Assert.Equal((OutcomeKind.Done, null), (outcome.Kind, outcome.Refusal));
        return outcome.View!.Number;
    }

    private async Task<Outcome<TallyView>> Send(TestCompany company, ICustomerGrain customer, int limit)
    {
        var (tally, context) = (cluster.Grains.GetGrain<ITallyGrain>(GrainKey.For(company.Id, Guid.CreateVersion7())), Some.Context());
        var command = new AddOne(TestCompany.IdOf(customer)) { Limit = limit };
        var outcome = await tally.Execute(command, context);
        while (outcome.Kind == OutcomeKind.Conflict)
        {
            outcome = await tally.Execute(command, context with { MayHaveHappened = true });
        }

        return outcome;
    }

    /// <summary>Another writer changes a customer behind its activation's back.</summary>
    private async Task Foreign(TestCompany company, ICustomerGrain customer, int terms)
    {
        var view = (await customer.Get())!;
        var e = new CustomerUpdated(view.Number, Some.Customer() with { PaymentTermsDays = terms });
        var type = TmsEvents.Catalog.Of(e);
        var unit = new AppendUnit
        {
            Tenant = company.Tenant,
            Streams = [new(
                company.Tenant, new("customers", view.Id), new(view.Version),
                [new(Guid.CreateVersion7(), type.Name, type.SchemaVersion, type.Encode(e), e)])],
            Metadata = new EventMetadata("somebody else", "c", Guid.CreateVersion7()).Encode(),
        };
        Assert.IsType<AppendResult.Appended>(await cluster.Writer.Append(unit, TestContext.Current.CancellationToken));
    }
}

public sealed class SqliteRelatedTests(SqliteAggregates cluster) : RelatedTests(cluster), IClassFixture<SqliteAggregates>
{
    [Fact]
    public void Every_kind_of_aggregate_is_found_by_its_stream()
    {
        var deciders = typeof(CustomerDecider).Assembly.GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.Name.StartsWith("IDecider", StringComparison.Ordinal)) && !t.IsAbstract);
        var kinds = deciders.Select(d => d.GetField("Instance")!.GetValue(null)!)
            .Select(d => (string)d.GetType().GetProperty("StreamType")!.GetValue(d)!).ToList();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.NotNull(cluster.Grains.Of(new(Guid.CreateVersion7()), new(kind, Guid.CreateVersion7()))));
    }
}

public sealed class PostgresRelatedTests(PostgresAggregates cluster) : RelatedTests(cluster), IClassFixture<PostgresAggregates>;
