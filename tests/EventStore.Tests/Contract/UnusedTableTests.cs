using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A release with a table of an aggregate that a company has not used, however long the company's log is.</summary>
public abstract class UnusedTableTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Next = new() { Tallies = [new AccountTallies()], Options = o => o.MaxCatchUp = 5 };
    private static readonly StoreSetup Today = new() { Projections = [new FirstsProjection()], Entries = [] };
    private readonly TenantId _tenant = Some.Tenant();

    public static TheoryData<string> Kinds => [TotalsProjection.Stream, WordEntries.Stream, AccountTallies.Stream];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Its_first_row_is_there_when_the_append_returns(string kind)
    {
        await using var today = await Fixture.SecondProcess(Today);
        await using var next = await Fixture.SecondProcess(Next);
        await today.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(20)));
        await next.Appended(
            Some.Unit(_tenant, Some.Stream(kind), 0, kind == TotalsProjection.Stream ? Some.Event() : Some.Event(Some.Bytes("a+5"))));
        await next.HasRows(_tenant, Next with { Projections = [new TotalsProjection()] });
        Assert.Contains("test_accounts@1 test_firsts@1 test_totals@1 test_words@1", await Store.Covered(_tenant), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_no_stream_has_are_not_taken_for_its_own()
    {
        await using var today = await Fixture.SecondProcess(Today);
        await using var next = await Fixture.SecondProcess(Next);
        await today.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(20)));
        var stream = Some.Stream(TotalsProjection.Stream);
        await Store.Database.Execute(
            "insert into test_totals (tenant, id, events, total) values (@tenant, @id, 7, 7)", Cancel, ("tenant", _tenant.Value),
            ("id", stream.Id));
        await next.Appended(Some.Unit(_tenant, stream));
        await next.HasRows(_tenant, Next with { Projections = [new TotalsProjection()] });
    }

    [Fact]
    public async Task One_whose_aggregate_has_been_used_stays_behind_until_it_is_folded()
    {
        await using var today = await Fixture.SecondProcess(Today);
        await using var next = await Fixture.SecondProcess(Next);
        await today.Appended(Some.Unit(
            _tenant, Some.On(_tenant, Some.Stream(TotalsProjection.Stream)), Some.On(_tenant, Some.Stream(), 0, Some.Events(20))));
        await next.Appended(Some.Unit(_tenant, Some.Stream(TotalsProjection.Stream)));
        Assert.Empty(await next.Rows(new TotalsProjection().Table, _tenant));
        await next.ReadModels.Rebuild("test_totals", Cancel);
        await next.HasRows(_tenant, Next with { Projections = [new TotalsProjection()] });
    }
}
