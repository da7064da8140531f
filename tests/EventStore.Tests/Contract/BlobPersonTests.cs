using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobPersonTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const string Swap =
        "update blob_pieces set number = -1 - number where blob = @blob; update blob_pieces set number = 2 + number where blob = @blob";

    [Fact]
    public async Task A_person_s_file_is_stored_sealed_and_comes_back_plain()
    {
        var (people, owner) = await Born();
        var bytes = new byte[Files.Piece + 100];
        var address = await Store.Stored(owner, bytes);
        var pieces = await Store.Database.Query("select data from blob_pieces p join blobs b on b.id = p.blob where b.tenant = @tenant",
            r => r.GetFieldValue<byte[]>(0), Cancel, ("tenant", people.Tenant.Value));
        Assert.Equal(2, pieces.Count);
        Assert.All(pieces, p => Assert.True(p.Count(b => b != 0) > p.Length / 2));
        Assert.Equal(bytes, await Store.Content(address));
    }

    [Fact]
    public async Task The_same_bytes_of_two_persons_are_two_files()
    {
        var (people, ola) = await Born();
        var kari = new BlobOwner(people.Tenant, await people.Born("Kari"));
        var bytes = Files.Some();
        await Store.Stored(ola, bytes);
        Assert.False(Assert.IsType<BlobPut.Stored>(await Store.Put(kari, bytes)).AlreadyThere);
        Assert.Null(await Store.Blobs.Find(new(BlobOwner.Company(people.Tenant), Files.HashOf(bytes)), Cancel));
    }

    [Fact]
    public async Task Without_the_key_a_person_has_no_files_and_gets_none()
    {
        var (people, owner) = await Born();
        var address = await Store.Stored(owner);
        await people.Erased(owner.Person);
        Store.Persons.Forget();
        Assert.Null(await Store.Blobs.Find(address, Cancel));
        Assert.Empty(await Store.Blobs.Of(owner, Cancel).ToListAsync(Cancel));
        await Assert.ThrowsAsync<BlobGoneException>(() => Store.Content(address));
        Assert.IsType<BlobPut.NoOwner>(await Store.Put(owner, Files.Some()));
    }

    [Theory]
    [InlineData(Files.Piece)]
    [InlineData(0)]
    public async Task A_file_that_comes_while_its_owner_is_erased_is_refused_and_leaves_nothing(int more)
    {
        var (people, owner) = await Born();
        using var content = new HeldStream(Files.Some(Files.Piece), Files.Some(more));
        var put = Store.Blobs.Put(owner, "image/png", content, Cancel);
        await content.Reached.Within(Limit);
        await people.Erased(owner.Person);
        await Store.Blobs.Forget(people.Tenant, owner.Person, Cancel);
        content.GoOn();
        Assert.IsType<BlobPut.NoOwner>(await put.Within(Limit));
        Assert.Equal((0, 0, 0), await Store.Held(people.Tenant));
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_no_file_named_or_not()
    {
        var (people, ola) = await Born();
        var kari = new BlobOwner(people.Tenant, await people.Born("Kari"));
        await Store.Appended(Files.Naming(await Store.Stored(ola), Some.Stream()));
        await Store.Stored(ola);
        var other = await Store.Stored(kari);
        Assert.Equal(2, await Store.Blobs.Forget(people.Tenant, ola.Person, Cancel));
        Assert.Equal(0, await Store.Blobs.Forget(people.Tenant, ola.Person, Cancel));
        Assert.Equal([other], await Store.Blobs.Of(kari, Cancel).Select(b => b.Address).ToListAsync(Cancel));
        Assert.Equal((1, 1, 100), await Store.Held(people.Tenant));
    }

    [Fact]
    public async Task A_sealed_piece_opens_at_no_other_place()
    {
        var (people, owner) = await Born();
        var address = await Store.Stored(owner, Files.Some(2 * Files.Piece));
        var id = (await Store.Database.Query("select id from blobs where tenant = @tenant",
            r => r.GetGuid(0), Cancel, ("tenant", people.Tenant.Value)))[0];
        foreach (var part in Swap.Split(';')) await Store.Database.Execute(part, Cancel, ("blob", id));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.Content(address));
    }

    [Fact]
    public async Task A_sealed_file_opens_under_no_other_address()
    {
        var (people, owner) = await Born();
        await Store.Stored(owner);
        var wrong = Files.HashOf([1]);
        await Store.Database.Execute("update blobs set hash = @hash where tenant = @tenant", Cancel,
            ("hash", wrong.ToBytes()), ("tenant", people.Tenant.Value));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.Content(new(owner, wrong)));
    }

    private async Task<(People People, BlobOwner Owner)> Born()
    {
        var people = new People(Store);
        return (people, new(people.Tenant, await people.Born("Ola")));
    }
}
