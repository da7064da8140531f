using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Snapshots that stay when newer ones come.</summary>
public abstract class KeptSnapshotTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task The_nearest_snapshot_up_to_a_version_is_found()
    {
        await Grow((2, true), (4, true), (6, false), (8, false));
        Assert.Equal(["-", "2", "2", "4", "4", "4", "4", "8", "8"], await Nearest([1, 2, 3, 4, 5, 6, 7, 8, int.MaxValue]));
    }

    [Fact]
    public async Task Loading_begins_at_the_newest_whichever_it_is()
    {
        await Grow((2, false), (4, true));
        Assert.Equal((4, "4", 5), await Loaded());
        await Store.Appended(Some.Unit(_tenant, _stream, 5, Some.Event()) with { Snapshot = At(5, stays: false) });
        Assert.Equal((5, "5", 6), await Loaded());
    }

    [Fact]
    public async Task A_kept_snapshot_of_an_older_shape_is_no_longer_found_and_goes_with_the_first_of_the_newer_one()
    {
        await Grow((2, true));
        Assert.Null(await Store.FindSnapshot(_tenant, _stream, 3, schema: 2));
        await Store.Appended(Some.Unit(_tenant, _stream, 3) with { Snapshot = At(3, stays: true, schema: 2) });
        Assert.Null(await Store.FindSnapshot(_tenant, _stream, 3, schema: 1));
        Assert.Equal(3, (await Store.FindSnapshot(_tenant, _stream, 3, schema: 2))!.Version.Value);
    }

    [Fact]
    public async Task An_older_release_beside_this_one_takes_no_kept_snapshot_of_the_newer_shape()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)));
        await Store.Appended(Some.Unit(_tenant, _stream, 2) with { Snapshot = At(2, stays: true, schema: 2) });
        await Store.Appended(Some.Unit(_tenant, _stream, 3) with { Snapshot = At(3, stays: true, schema: 1) });
        Assert.Equal(2, (await Store.FindSnapshot(_tenant, _stream, 9, schema: 2))!.Version.Value);
    }

    [Fact]
    public async Task Sealed_shapes_are_older_or_newer_by_their_number_and_take_plain_ones_with_them()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)));
        foreach (var (version, schema) in ((int, int)[])[(2, 1), (3, -1)])
            await Store.Appended(Some.Unit(_tenant, _stream, version) with { Snapshot = At(version, stays: true, schema) });
        Assert.Null(await Store.FindSnapshot(_tenant, _stream, 9, schema: 1));
        await Store.Appended(Some.Unit(_tenant, _stream, 4) with { Snapshot = At(4, stays: true, schema: -2) });
        Assert.Null(await Store.FindSnapshot(_tenant, _stream, 9, schema: -1));
        await Store.Appended(Some.Unit(_tenant, _stream, 5) with { Snapshot = At(5, stays: true, schema: -1) });
        Assert.Equal(4, (await Store.FindSnapshot(_tenant, _stream, 9, schema: -2))!.Version.Value);
    }

    [Fact]
    public async Task A_snapshot_that_stays_is_kept_beside_a_newer_one_of_the_same_batch()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(4)));
        var first = Some.Unit(_tenant, _stream, 4) with { Snapshot = At(2, stays: true) };
        var second = Some.Unit(_tenant, _stream, 5) with { Snapshot = At(4, stays: false) };
        // Two units of one stream in one batch: the lane is busy with another one meanwhile.
        await Task.WhenAll(Store.Appended(Some.Unit(_tenant, Some.Stream())), Store.Appended(first), Store.Appended(second));
        Assert.Equal(2, (await Store.FindSnapshot(_tenant, _stream, 3))!.Version.Value);
    }

    [Fact]
    public async Task A_kept_snapshot_belongs_to_its_tenant_and_stream_alone()
    {
        await Grow((2, true));
        Assert.Null(await Store.FindSnapshot(Some.Tenant(), _stream, 2));
        Assert.Null(await Store.FindSnapshot(_tenant, _stream with { Type = "quotes" }, 2));
        Assert.Null(await Store.FindSnapshot(_tenant, Some.Stream(), 2));
    }

    /// <summary>Two events, and a unit with a snapshot of what was before it, for each.</summary>
    private async Task Grow(params (int Version, bool Stays)[] snapshots)
    {
        var version = 0;
        foreach (var (at, stays) in snapshots)
        {
            await Store.Appended(Some.Unit(_tenant, _stream, version, Some.Events(at - version)));
            await Store.Appended(Some.Unit(_tenant, _stream, at) with { Snapshot = At(at, stays) });
            version = at + 1;
        }
    }

    private Snapshot At(int version, bool stays, int schema = 1) =>
        new(_tenant, _stream, new(version), schema, Some.Bytes($"{version}")) { Stays = stays };

    private async Task<string[]> Nearest(int[] versions)
    {
        var found = new List<string>();
        foreach (var version in versions)
            found.Add(await Store.FindSnapshot(_tenant, _stream, version) is { } s ? Some.Text(s.State) : "-");
        return [.. found];
    }

    private async Task<(int Version, string State, int FirstEvent)> Loaded()
    {
        var loaded = await Store.Load(_tenant, _stream);
        return (loaded.Snapshot!.Version.Value, Some.Text(loaded.Snapshot.State), loaded.Events[0].Version.Value);
    }
}
