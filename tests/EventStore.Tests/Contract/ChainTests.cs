using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Tests.Stores;
using Tms.EventStore.Tests.Values;

namespace Tms.EventStore.Tests.Contract;

public abstract class ChainTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task Each_events_hash_follows_from_the_one_before_and_the_event_as_it_is_read()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(5)));
        await Store.Appended(Some.Drawing(_tenant, Some.Stream(), "orders"));
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, Some.Stream()), Some.On(_tenant, Some.Stream("kunder-æøå"))));
        Assert.Equal(8, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_tenant_without_events_ends_at_its_genesis()
    {
        var head = await Store.Head(_tenant);
        Assert.Equal((_tenant, CompanySequence.Start, 0L), (head.Tenant, head.Sequence, head.TimeMicros));
        Assert.Equal(HashChain.Genesis(_tenant), head.Hash);
    }

    [Fact]
    public async Task The_golden_events_have_the_golden_hashes()
    {
        await using var store = await Fixture.SecondProcess(new() { Time = new FakeTimeProvider(Golden.Time) });
        await store.Appended(Golden.Unit);
        var log = await store.Sound(Golden.Tenant);
        Assert.Equal(Golden.Hashes, log.Select(e => Convert.ToHexStringLower(e.Hash)));
    }

    [Fact]
    public async Task Bytes_of_every_size_and_script_come_back_exactly()
    {
        byte[][] texts =
            [[0], Some.Bytes("""{"navn":"Blåbærsyltetøy 🚚"}"""), [.. Enumerable.Range(0, 256).Select(n => (byte)n)], new byte[1 << 20]];
        new Random(1).NextBytes(texts[3]);
        var unit = Some.Unit(_tenant, Some.Stream(), 0, [.. texts.Select(Some.Event)]) with { Metadata = texts[2] };
        await Store.Appended(unit);
        var log = await Store.Sound(_tenant);
        Assert.Equal(texts, log.Select(e => e.Data.ToArray()));
        Assert.All(log, e => Assert.Equal(texts[2], e.Metadata.ToArray()));
    }

    [Fact]
    public async Task Every_field_of_an_event_comes_back()
    {
        var given = new EventData(Guid.CreateVersion7(), "ORDER_MOVED", 7, Some.Bytes("{}"));
        var stream = Some.Stream("vehicle-checks");
        await Store.Appended(Some.Unit(_tenant, stream, 0, given));
        var read = Assert.Single(await Store.Stream(_tenant, stream));
        Assert.Equal((given.Id, given.Type, 7, stream, _tenant), (read.Id, read.Type, read.SchemaVersion, read.Stream, read.Tenant));
        Assert.Equal(32, read.Hash.Length);
        Assert.True(read.Position.Value > 0);
    }
}
