using System.Globalization;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class NumberTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task The_drawn_number_is_in_the_event_and_in_the_answer()
    {
        var result = await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        Assert.Equal((1L, 1), (result.Numbers[0], result.Version.Value));
        Assert.Equal("""{"number":1}""", Some.Text(Assert.Single(await Store.Sound(_tenant)).Data));
    }

    [Fact]
    public async Task Two_hundred_concurrent_draws_give_1_to_200_in_the_order_of_the_log()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var results =
            await Task.WhenAll(Enumerable.Range(0, 200).Select(n => both[n % 2].Append(Some.Drawing(_tenant, Some.Stream(), "orders"))));
        var drawn = results.Cast<AppendResult.Appended>().OrderBy(result => result.Sequence.Value).Select(result => result.Numbers[0]);
        Assert.Equal(OneTo(200), drawn);
        Assert.Equal(OneTo(200), (await Store.Sound(_tenant)).Select(NumberIn));
    }

    [Fact]
    public async Task A_conflict_leaves_no_gap()
    {
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Some.Drawing(_tenant, Some.Stream(), "orders", expected: 5)));
        Assert.Equal(1, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task Failing_and_conflicting_units_among_good_ones_leave_no_gap()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 120).Select(Drawn));
        Assert.Equal(OneTo(40), results.OfType<long>().Order());
        Assert.Equal(OneTo(40), (await Store.Sound(_tenant)).Select(NumberIn));
    }

    [Fact]
    public async Task Series_do_not_share_their_numbers()
    {
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        Assert.Equal(1, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "vouchers"))).Numbers[0]);
        Assert.Equal(2, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task Tenants_do_not_share_their_numbers()
    {
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        Assert.Equal(1, (await Store.Appended(Some.Drawing(Some.Tenant(), Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task A_number_goes_on_after_a_restart()
    {
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        await Fixture.Restart();
        Assert.Equal(2, (await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task A_drawn_event_follows_the_streams_earlier_ones()
    {
        var stream = Some.Stream();
        await Store.Appended(Some.Unit(_tenant, stream, 0, Some.Events(2)));
        var result = await Store.Appended(Some.Drawing(_tenant, stream, "orders", expected: 2));
        Assert.Equal((1L, 3), (result.Numbers[0], result.Version.Value));
        Assert.Equal(1, NumberIn((await Store.Sound(_tenant))[2]));
    }

    [Fact]
    public async Task A_unit_draws_from_several_series_and_twice_from_one_and_every_event_may_carry_them()
    {
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        var (order, payment) = (Some.Stream(), Some.Stream("payments"));
        await Store.Appended(Some.Unit(_tenant, payment, 0, Some.Events(2)));
        var unit = Some.Drawing(
            _tenant, ["vouchers", "orders", "vouchers"], Some.Outline(_tenant, order), Some.Outline(_tenant, payment, 2, count: 2));
        var result = await Store.Appended(unit);
        Assert.Equal([1, 2, 2], result.Numbers);
        Assert.Equal((1, 6L), (result.Version.Value, result.Sequence.Value));
        Assert.All((await Store.Sound(_tenant)).TakeLast(3), e => Assert.Equal("""{"number":1,2,2}""", Some.Text(e.Data)));
        Assert.Equal(
            [3L, 3L], (await Store.Appended(Some.Drawing(_tenant, ["orders", "vouchers"], Some.Outline(_tenant, order, 1)))).Numbers);
    }

    [Fact]
    public async Task Two_hundred_at_once_that_draw_twice_and_share_a_stream_leave_no_gap_and_lose_nothing()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var shared = Some.Stream("budgets");
        await Store.Appended(Some.Unit(_tenant, shared));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => UntilStored(both[n % 2], shared)));
        var log = await Store.Sound(_tenant);
        Assert.Equal(OneTo(201), log.Where(e => e.Stream == shared).Select(e => (long)e.Version.Value));
        var drawn = log.Where(e => e.Stream.Type == "orders").Select(e => Some.Text(e.Data));
        Assert.Equal(OneTo(200).Select(n => $$"""{"number":{{n}},{{n}}}"""), drawn);
    }

    /// <summary>Tries as a grain does: a conflict of the shared stream tells the version to try next.</summary>
    private async Task UntilStored(StoreUnderTest store, StreamName shared)
    {
        var (stream, version) = (Some.Stream(), 1);
        while (await store.Append(Some.Drawing(
            _tenant, ["orders", "vouchers"], Some.Outline(_tenant, stream), Some.Outline(_tenant, shared, version))) is { } result)
        {
            if (result is AppendResult.Appended) return;
            var conflict = Assert.IsType<AppendResult.Conflict>(result);
            Assert.Equal(shared, conflict.Stream);
            version = conflict.Actual.Value;
        }
    }

    /// <summary>Of three units one is good, one conflicts and one cannot be completed.</summary>
    private async Task<long?> Drawn(int n)
    {
        if (n % 3 == 1) return await Failing();
        return (await Store.Append(
            Some.Drawing(_tenant, Some.Stream(), "orders", expected: n % 3 == 2 ? 9 : 0)) as AppendResult.Appended)?.Numbers[0];
    }

    private async Task<long?> Failing()
    {
        var unit =
            Some.Drawing(_tenant, Some.Stream(), "orders") with { Draw = new(["orders"], static _ => throw new FormatException("No.")) };
        await Assert.ThrowsAsync<UnitRejectedException>(() => Store.Append(unit));
        return null;
    }

    private static IEnumerable<long> OneTo(int last) => Enumerable.Range(1, last).Select(n => (long)n);

    private static long NumberIn(RecordedEvent e) => long.Parse(Some.Text(e.Data)["{\"number\":".Length..^1], CultureInfo.InvariantCulture);
}
