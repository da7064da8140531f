using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class PartitionTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    [Fact]
    public async Task A_partition_gives_all_events_of_its_tenants_in_order_and_none_of_others()
    {
        TenantId[] inside = [Some.TenantIn(5), Some.TenantIn(5)];
        var outside = Some.TenantIn(6);
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            var unit = Some.Unit(inside[i % 2], Some.Stream(), 0, Some.Events(2));
            await Store.Appended(unit);
            await Store.Appended(Some.Unit(outside, Some.Stream()));
            ids.AddRange(unit.Streams[0].Events.Select(e => e.Id));
        }

        Assert.Equal(ids, (await Store.Partition(5)).Select(e => e.Id));
    }

    [Fact]
    public async Task A_partition_is_read_after_a_position_up_to_a_limit()
    {
        await Store.Appended(Some.Unit(Some.TenantIn(7), Some.Stream(), 0, Some.Events(10)));
        var all = await Store.Partition(7);
        Assert.Equal(all.Skip(3).Take(4).Select(e => e.Id), (await Store.Partition(7, all[2].Position, 4)).Select(e => e.Id));
        Assert.Empty(await Store.Partition(7, all[^1].Position));
    }

    [Fact]
    public async Task A_page_of_large_events_ends_before_its_limit_and_the_next_goes_on_after_it()
    {
        for (var unit = 0; unit < 2; unit++)
        {
            var events = Enumerable.Range(0, 5).Select(_ => Some.Event(new byte[700_000]));
            await Store.Appended(Some.Unit(Some.TenantIn(12), Some.Stream(), 0, [.. events]));
        }

        var (pages, after) = (new List<int>(), GlobalPosition.Start);
        while (await Store.Partition(12, after) is { Count: > 0 } page)
        {
            pages.Add(page.Count);
            after = page[^1].Position;
        }

        Assert.Equal([6, 4], pages);
    }

    [Fact]
    public async Task The_heads_are_the_last_positions_of_the_partitions_that_have_events()
    {
        await Store.Appended(Some.Unit(Some.TenantIn(8), Some.Stream()));
        await Store.Appended(Some.Unit(Some.TenantIn(9), Some.Stream(), 0, Some.Events(3)));
        var heads = await Store.Heads();
        Assert.Equal((await Store.Partition(8))[^1].Position, heads[8]);
        Assert.Equal((await Store.Partition(9))[^1].Position, heads[9]);
        Assert.DoesNotContain(10, heads.Keys);
    }

    [Fact]
    public async Task A_reader_that_follows_concurrent_writers_misses_nothing_and_sees_nothing_twice()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var tenants = Enumerable.Range(0, 10).Select(_ => Some.TenantIn(11)).ToArray();
        var following = Follow(11, 1000);
        await Task.WhenAll(tenants.Select((tenant, n) => Write(both[n % 2], tenant, 100)));
        var seen = await following.Within(TimeSpan.FromSeconds(30));
        foreach (var tenant in tenants)
        {
            Assert.Equal((await Store.Sound(tenant)).Select(e => e.Id), seen.Where(e => e.Tenant == tenant).Select(e => e.Id));
        }
    }

    /// <summary>One append after the other, so that the commits of all writers interleave.</summary>
    private static async Task Write(StoreUnderTest store, TenantId tenant, int count)
    {
        for (var i = 0; i < count; i++) await store.Appended(Some.Unit(tenant, Some.Stream()));
    }

    private async Task<IReadOnlyList<RecordedEvent>> Follow(int partition, int count)
    {
        var seen = new List<RecordedEvent>();
        var position = GlobalPosition.Start;
        while (seen.Count < count)
        {
            await Store.WaitBeyond(partition, position, TimeSpan.FromSeconds(5));
            seen.AddRange(await Store.Partition(partition, position, 50));
            position = seen.Count > 0 ? seen[^1].Position : position;
        }

        return seen;
    }
}
