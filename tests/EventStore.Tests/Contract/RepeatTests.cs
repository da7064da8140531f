using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A caller whose reply was lost sends the same unit again.</summary>
public abstract class RepeatTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task The_same_unit_again_gets_the_same_answer_and_adds_nothing()
    {
        var unit = Some.Unit(_tenant, _stream, 0, Some.Events(3));
        var first = await Store.Appended(unit);
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Equal(3, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task The_same_unit_again_gets_the_same_answer_after_others_came()
    {
        var unit = Some.Unit(_tenant, _stream);
        var first = await Store.Appended(unit);
        await Store.Appended(Some.Unit(_tenant, _stream, 1));
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task The_same_unit_through_another_process_adds_nothing()
    {
        var unit = Some.Unit(_tenant, _stream);
        var first = await Store.Appended(unit);
        await using var other = await Fixture.SecondProcess();
        Assert.Equal(Again(first), await other.Append(unit));
        Assert.Single(await other.Sound(_tenant));
    }

    [Fact]
    public async Task The_same_unit_fifty_times_at_once_is_stored_once()
    {
        var unit = Some.Unit(_tenant, _stream, 0, Some.Events(2));
        var results = await Store.AppendAll(Enumerable.Repeat(unit, 50));
        var first = Assert.Single(results, result => result is AppendResult.Appended { AlreadyThere: false });
        Assert.Equal(49, results.Count(Again((AppendResult.Appended)first).Equals));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task The_same_unit_with_its_key_again_is_the_same_append_and_not_a_taken_key()
    {
        var unit = Some.Unit(_tenant, _stream) with { Key = Some.Key("send") };
        var first = await Store.Appended(unit);
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Single(await Store.Sound(_tenant));
    }

    [Fact]
    public async Task The_same_unit_with_a_number_again_draws_no_other_number()
    {
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        var unit = Some.Drawing(_tenant, _stream, "orders");
        var first = await Store.Appended(unit);
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Equal(3, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task The_same_unit_with_hundreds_of_events_again_adds_nothing()
    {
        var unit = Some.Unit(_tenant, _stream, 0, Some.Events(300));
        var first = await Store.Appended(unit);
        await Store.Appended(Some.Unit(_tenant, _stream, 300));
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Equal(301, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task The_same_unit_with_two_streams_again_adds_nothing()
    {
        var unit = Some.Unit(_tenant, Some.On(_tenant, _stream), Some.On(_tenant, Some.Stream()));
        var first = await Store.Appended(unit);
        Assert.Equal(Again(first), await Store.Append(unit));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_unit_that_shares_only_its_first_event_is_a_conflict()
    {
        var unit = Some.Unit(_tenant, _stream, 0, Some.Events(2));
        await Store.Appended(unit);
        var other = Some.Unit(_tenant, _stream, 0, unit.Streams[0].Events[0], Some.Event());
        Assert.Equal(new AppendResult.Conflict(_stream, new(2)), await Store.Append(other));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_unit_that_goes_on_where_the_stored_one_ended_is_a_conflict()
    {
        var unit = Some.Unit(_tenant, _stream);
        await Store.Appended(unit);
        var longer = Some.Unit(_tenant, _stream, 0, unit.Streams[0].Events[0], Some.Event());
        Assert.Equal(new AppendResult.Conflict(_stream, new(1)), await Store.Append(longer));
        Assert.Single(await Store.Sound(_tenant));
    }

    private static AppendResult Again(AppendResult.Appended first) => first with { AlreadyThere = true, Numbers = [] };
}
