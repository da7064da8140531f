using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobQuotaTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private const int Quota = 1 << 20;
    private readonly BlobOwner _owner = BlobOwner.Company(Some.Tenant());

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_leaves_nothing()
    {
        await using var small = await Fixture.SecondProcess(new() { Blobs = o => o.MaxBytes = Files.Piece + 1 });
        Assert.Equal(new BlobPut.TooLarge(Files.Piece + 1), await small.Put(_owner, Files.Some(Files.Piece + 2)));
        Assert.Equal((0, 0, 0), await Store.Held(_owner.Tenant));
        await small.Stored(_owner, Files.Some(Files.Piece + 1));
    }

    [Fact]
    public async Task A_company_stays_within_its_quota_however_many_store_at_once()
    {
        await using var small = await Fixture.SecondProcess(new() { Blobs = o => o.QuotaBytes = Quota });
        var files = Enumerable.Range(0, 10).Select(_ => Files.Some(Quota / 4)).ToArray();
        var puts = await Task.WhenAll(files.Select(f => Task.Run(() => small.Put(_owner, f))));
        Assert.Equal(4, puts.Count(p => p is BlobPut.Stored));
        Assert.Equal(6, puts.Count(p => p is BlobPut.OverQuota { QuotaBytes: Quota }));
        Assert.Equal((4, 4, Quota), await Store.Held(_owner.Tenant));
        await small.Stored(BlobOwner.Company(Some.Tenant()));
    }

    [Fact]
    public async Task What_is_swept_makes_room()
    {
        await using var small = await Fixture.SecondProcess(new() { Blobs = o => o.QuotaBytes = Quota });
        await small.Stored(_owner, Files.Some(Quota));
        Assert.IsType<BlobPut.OverQuota>(await small.Put(_owner, Files.Some(1)));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TimeSpan.FromHours(25)));
        await small.Stored(_owner, Files.Some(1));
        Assert.Equal((1, 1, 1), await Store.Held(_owner.Tenant));
    }
}
