using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ReactorEventTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task Events_of_some_types_come_in_order_without_the_others()
    {
        await Written("A", "B", "C", "A", "B");
        Assert.Equal([1, 3, 4], await Read(10, From("A"), From("C")));
        Assert.Empty(await Read(10, From("D")));
        Assert.Empty(await Read(10));
    }

    [Fact]
    public async Task Each_type_is_read_from_its_own_place_on()
    {
        await Written("A", "B", "A", "B", "A");
        Assert.Equal([2, 4, 5], await Read(10, From("A", 3), From("B")));
        Assert.Equal([5], await Read(10, From("A", 4), From("B", 5)));
    }

    [Fact]
    public async Task What_stands_at_or_before_a_start_is_left_out()
    {
        await Written("A", "A", "A");
        var second = (await Store.Company(_tenant))[1].Position;
        Assert.Equal([3], await Read(10, new TypeFrom("A", CompanySequence.Start, second)));
        Assert.Equal([3], await Read(10, new TypeFrom("A", new(1), second)));
    }

    [Fact]
    public async Task A_page_holds_the_first_of_all_types_together()
    {
        await Written("A", "A", "B", "A", "B");
        Assert.Equal([1, 2, 3], await Read(3, From("A"), From("B")));
        Assert.Equal([4, 5], await Read(3, From("A", 3), From("B", 3)));
    }

    [Fact]
    public async Task A_place_beyond_the_log_finds_nothing()
    {
        await Written("A");
        Assert.Empty(await Read(10, From("A", 7)));
    }

    [Fact]
    public async Task Others_events_are_not_read()
    {
        await Written("A");
        await Store.Appended(Some.Unit(Some.Tenant(), Some.Stream(), 0, Event("A")));
        Assert.Equal([1], await Read(10, From("A")));
    }

    [Fact]
    public async Task A_stretch_of_a_partition_tells_where_the_types_stand_and_where_it_ends()
    {
        await Written("A", "B", "C", "A", "B");
        var log = await Store.Company(_tenant);
        var first = await Find(log[0].Position.Value - 1, 4, "A", "C", "D");
        Assert.Equal([EventPlace.Of(log[0]), EventPlace.Of(log[2]), EventPlace.Of(log[3])], first.Events);
        Assert.Equal(log[3].Position, first.End);
        var second = await Find(log[3].Position.Value, 1, "A", "C", "D");
        Assert.Empty(second.Events);
        Assert.Equal(log[4].Position, second.End);
        Assert.Equal(log[4].Position, (await Find(log[0].Position.Value, 4)).End);
        Assert.Null((await Find(long.MaxValue, 4, "A")).End);
    }

    private Task<PartitionStretch> Find(long after, int limit, params string[] types) =>
        Store.ReactorEvents.Find(_tenant.Partition, new(after), types, limit, Cancel);

    private static TypeFrom From(string type, long after = 0) => new(type, new(after), GlobalPosition.Start);

    private static EventData Event(string type) => new(Guid.CreateVersion7(), type, 1, Some.Bytes("{}"));

    private Task Written(params string[] types) => Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, [.. types.Select(Event)]));

    private async Task<IEnumerable<long>> Read(int limit, params TypeFrom[] types) =>
        (await Store.ReactorEvents.Read(_tenant, types, limit, Cancel)).Select(e => e.Sequence.Value);
}
