using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class SnapshotTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task Loading_an_empty_stream_finds_nothing()
    {
        var loaded = await Store.Load(_tenant, _stream);
        Assert.Null(loaded.Snapshot);
        Assert.Empty(loaded.Events);
    }

    [Fact]
    public async Task Loading_without_a_snapshot_gives_every_event()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(1500)));
        var loaded = await Store.Load(_tenant, _stream);
        Assert.Null(loaded.Snapshot);
        Assert.Equal(Enumerable.Range(1, 1500), loaded.Events.Select(e => e.Version.Value));
    }

    [Fact]
    public async Task A_snapshot_rides_along_and_loading_gives_it_with_the_events_after_it()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, _stream, 3) with { Snapshot = At(3) });
        await Is(3, "state 3", 4);
    }

    [Fact]
    public async Task A_newer_snapshot_replaces_an_older_one()
    {
        await Grow(to: 3, snapshot: 2);
        await Store.Appended(Some.Unit(_tenant, _stream, 3) with { Snapshot = At(3) });
        await Is(3, "state 3", 4);
    }

    [Fact]
    public async Task An_older_snapshot_never_replaces_a_newer_one()
    {
        await Grow(to: 4, snapshot: 3);
        await Store.Appended(Some.Unit(_tenant, _stream, 4) with { Snapshot = At(2) });
        await Is(3, "state 3", 4, 5);
    }

    [Fact]
    public async Task An_older_snapshot_does_not_replace_a_newer_one_that_commits_with_it()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        var before = Enumerable.Range(0, 20).Select(_ => Store.Append(Some.Unit(_tenant, Some.Stream()))).ToArray();
        var newer = Store.Append(Some.Unit(_tenant, _stream, 3) with { Snapshot = At(3) });
        var older = Store.Append(Some.Unit(_tenant, _stream, 4) with { Snapshot = At(2) });
        await Task.WhenAll([.. before, newer, older]);
        await Is(3, "state 3", 4, 5);
    }

    [Fact]
    public async Task A_snapshot_of_another_shape_is_ignored()
    {
        await Grow(to: 3, snapshot: 2);
        var loaded = await Store.Load(_tenant, _stream, schema: 2);
        Assert.Null(loaded.Snapshot);
        Assert.Equal([1, 2, 3], loaded.Events.Select(e => e.Version.Value));
    }

    [Fact]
    public async Task A_snapshot_of_a_conflicting_unit_is_not_kept()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)));
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Some.Unit(_tenant, _stream, 1) with { Snapshot = At(1) }));
        Assert.Null((await Store.Load(_tenant, _stream)).Snapshot);
    }

    [Fact]
    public async Task A_snapshot_belongs_to_its_tenant_and_stream_alone()
    {
        await Grow(to: 3, snapshot: 2);
        Assert.Null((await Store.Load(Some.Tenant(), _stream)).Snapshot);
        Assert.Null((await Store.Load(_tenant, _stream with { Type = "quotes" })).Snapshot);
    }

    private async Task Grow(int to, int snapshot)
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(to - 1)));
        await Store.Appended(Some.Unit(_tenant, _stream, to - 1) with { Snapshot = At(snapshot) });
    }

    private Snapshot At(int version) => new(_tenant, _stream, new(version), 1, Some.Bytes($"state {version}"));

    private async Task Is(int version, string state, params int[] events)
    {
        var loaded = await Store.Load(_tenant, _stream);
        Assert.NotNull(loaded.Snapshot);
        Assert.Equal(
            (_tenant, _stream, version, 1),
            (loaded.Snapshot.Tenant, loaded.Snapshot.Stream, loaded.Snapshot.Version.Value, loaded.Snapshot.Schema));
        Assert.Equal(state, Some.Text(loaded.Snapshot.State));
        Assert.Equal(events, loaded.Events.Select(e => e.Version.Value));
    }
}
