using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class SearchTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly EventFilter Orders = new(["ORDER_CHANGED"]);
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_time_is_cut_where_its_events_begin_and_end()
    {
        var log = await Written();
        // Two at once, then a while nothing.
        await SetTimes(10, 20, 20, 20, 50, 60);
        foreach (var (from, to, first, beyond) in (IEnumerable<(long?, long?, long, long)>)
            [
                (null, null, 1, 7), (10, 60, 1, 6), (20, null, 2, 7), (21, 50, 5, 5), (null, 20, 1, 2), (0, 5, 1, 1), (61, null, 7, 7),
                (60, 61, 6, 7), (50, 20, 5, 5)])
            Assert.Equal(new EventSpan(first, beyond), await Store.Search.Span(_tenant, null, Time(from), Time(to), Cancel));

        var stream = log[3].Stream;
        Assert.Equal(new EventSpan(1, 4), await Store.Search.Span(_tenant, stream, null, null, Cancel));
        Assert.Equal(new EventSpan(2, 3), await Store.Search.Span(_tenant, stream, Time(21), Time(60), Cancel));
        Assert.Equal(new EventSpan(1, 1), await Store.Search.Span(_tenant, Some.Stream(), null, null, Cancel));
        Assert.True((await Store.Search.Span(Some.Tenant(), null, Time(1), Time(2), Cancel)).IsEmpty);
    }

    [Fact]
    public async Task Only_the_places_it_is_told_are_looked_at_from_either_end()
    {
        var log = await Written();
        var span = new EventSpan(2, 6);
        Assert.Equal([2, 3, 4, 5], Sequences(await Store.Search.Find(_tenant, Orders, span, newestFirst: false, 10, Cancel)));
        Assert.Equal([5, 4], Sequences(await Store.Search.Find(_tenant, Orders, span, newestFirst: true, 2, Cancel)));
        Assert.Equal([5, 4], Sequences(await Store.Search.Find(_tenant, Orders, span.End(2), newestFirst: true, 10, Cancel)));
        Assert.Equal([2], Sequences(await Store.Search.Find(_tenant, Orders, span.Start(1), newestFirst: false, 10, Cancel)));
        Assert.Equal(
            [6, 5, 4],
            Sequences(await Store.Search.Find(_tenant, Orders with { Stream = log[3].Stream }, new(1, 9), newestFirst: true, 10, Cancel)));
        Assert.Equal(
            [5],
            Sequences(await Store.Search.Find(_tenant, Orders with { Stream = log[3].Stream }, new(2, 3), newestFirst: true, 10, Cancel)));
        Assert.Equal(
            [1, 2, 3],
            Sequences(await Store.Search.Find(_tenant, Orders with { Kind = "baskets" }, new(1, 9), newestFirst: false, 10, Cancel)));
        Assert.Equal(3, await Store.Search.Count(_tenant, Orders with { Kind = "baskets" }, new(1, 9), Cancel));
        Assert.Equal(log[4].Hash, (await Store.Search.Find(_tenant, Orders, new(5, 6), newestFirst: true, 1, Cancel))[0].Hash);
    }

    [Fact]
    public async Task Nothing_is_found_of_other_types_actors_and_tenants()
    {
        var log = await Written();
        var all = new EventSpan(1, 9);
        foreach (var (tenant, filter) in (IEnumerable<(TenantId, EventFilter)>)
            [
                (_tenant, new EventFilter([])), (_tenant, new EventFilter(["ORDER_NUMBERED"])), (_tenant, Orders with { Actor = "nobody" }),
                (Some.Tenant(), Orders), (Some.Tenant(), Orders with { Stream = log[0].Stream })])
        {
            Assert.Empty(await Store.Search.Find(tenant, filter, all, newestFirst: true, 10, Cancel));
            Assert.Equal(0, await Store.Search.Count(tenant, filter, all, Cancel));
        }
    }

    private async Task<IReadOnlyList<RecordedEvent>> Written()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream("baskets"), 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(3)));
        return await Store.Company(_tenant);
    }

    private async Task SetTimes(params int[] micros)
    {
        for (var i = 0; i < micros.Length; i++)
            await Store.Database.Execute(
                "update events set time_us = @time where tenant = @tenant and sequence = @at", Cancel, ("time", (long)micros[i]),
                ("tenant", _tenant.Value), ("at", i + 1L));
    }

    private static DateTimeOffset? Time(long? micros) => micros is { } given ? Micros.ToTime(given) : null;

    private static IEnumerable<long> Sequences(IEnumerable<RecordedEvent> events) => events.Select(e => e.Sequence.Value);
}
