using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobUseTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);
    private readonly BlobOwner _owner = BlobOwner.Company(Some.Tenant());

    [Fact]
    public async Task A_named_file_stays_and_an_unnamed_one_goes()
    {
        var (named, unnamed) = (await Store.Stored(_owner), await Store.Stored(_owner));
        await Store.Appended(Files.Naming(named, Some.Stream()));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TwoDays));
        Assert.NotNull(await Store.Blobs.Find(named, Cancel));
        Assert.Null(await Store.Blobs.Find(unnamed, Cancel));
    }

    [Fact]
    public async Task A_file_goes_when_the_last_stream_names_it_no_longer()
    {
        var (blob, first, second) = (await Store.Stored(_owner), Some.Stream(), Some.Stream());
        await Store.Appended(Files.Naming(blob, first));
        await Store.Appended(Files.Naming(blob, second));
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TwoDays));
        await Store.Appended(Files.Naming(blob, first, expected: 1, ends: true));
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TwoDays));
        await Store.Appended(Files.Naming(blob, second, expected: 1, ends: true));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TimeSpan.Zero));
    }

    [Fact]
    public async Task Naming_twice_and_ending_what_is_not_there_change_nothing()
    {
        var (blob, stream) = (await Store.Stored(_owner), Some.Stream());
        await Store.Appended(Files.Naming(blob, stream));
        await Store.Appended(Files.Naming(blob, stream, expected: 1));
        await Store.Appended(Files.Naming(blob, Some.Stream(), ends: true));
        await Store.Appended(Files.Naming(blob with { Hash = Files.HashOf([1]) }, Some.Stream(), ends: true));
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TwoDays));
    }

    [Fact]
    public async Task A_unit_that_names_a_file_which_is_not_stored_is_refused_alone()
    {
        var missing = new BlobAddress(_owner, Files.HashOf(Files.Some()));
        var strange = (await Store.Stored(BlobOwner.Company(Some.Tenant()))) with { Owner = _owner };
        var beside = Store.AppendAll(Enumerable.Range(0, 20).Select(_ => Some.Unit(_owner.Tenant, Some.Stream())));
        Assert.IsType<AppendResult.BlobMissing>(await Store.Append(Files.Naming(missing, Some.Stream())));
        Assert.IsType<AppendResult.BlobMissing>(await Store.Append(Files.Naming(strange, Some.Stream())));
        Assert.All(await beside, r => Assert.IsType<AppendResult.Appended>(r));
        Assert.Equal(20, (await Store.Sound(_owner.Tenant)).Count);
    }

    [Fact]
    public async Task A_unit_cannot_name_another_company_s_file()
    {
        var strange = await Store.Stored(BlobOwner.Company(Some.Tenant()));
        var unit = Some.Unit(_owner.Tenant, Some.Stream()) with { Blobs = [new(strange, Some.Stream())] };
        await Assert.ThrowsAsync<UnitRejectedException>(() => Store.Append(unit));
    }

    [Fact]
    public async Task A_unit_that_is_not_stored_names_nothing()
    {
        var blob = await Store.Stored(_owner);
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Files.Naming(blob, Some.Stream(), expected: 3)));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TwoDays));
    }
}
