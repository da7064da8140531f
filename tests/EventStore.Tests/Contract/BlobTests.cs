using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly BlobOwner _owner = BlobOwner.Company(Some.Tenant());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Files.Piece - 1)]
    [InlineData(Files.Piece)]
    [InlineData(Files.Piece + 1)]
    [InlineData((3 * Files.Piece) + 7)]
    public async Task A_file_comes_back_byte_for_byte_under_the_hash_of_its_bytes(int size)
    {
        var bytes = Files.Some(size);
        var stored = Assert.IsType<BlobPut.Stored>(await Store.Put(_owner, bytes));
        Assert.False(stored.AlreadyThere);
        Assert.Equal(new Blob(new(_owner, Files.HashOf(bytes)), size, "image/png", stored.Blob.StoredAt), stored.Blob);
        Assert.Equal(stored.Blob, await Store.Blobs.Find(stored.Blob.Address, Cancel));
        Assert.Equal(bytes, await Store.Content(stored.Blob.Address));
        Assert.Equal((1, (size + Files.Piece - 1) / Files.Piece, size), await Store.Held(_owner.Tenant));
    }

    [Fact]
    public async Task Pieces_come_in_and_go_out_one_at_a_time()
    {
        var content = new WatchedStream(Files.Some((4 * Files.Piece) + 1));
        var stored = Assert.IsType<BlobPut.Stored>(await Store.Blobs.Put(_owner, "image/png", content, Cancel));
        Assert.InRange(content.Largest, 1, Files.Piece);
        await foreach (var piece in Store.Blobs.Read(stored.Blob.Address, Cancel)) Assert.InRange(piece.Length, 1, Files.Piece);
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_in_a_company_and_once_more_in_another()
    {
        var bytes = Files.Some();
        var other = BlobOwner.Company(Some.Tenant());
        await Store.Stored(_owner, bytes);
        var again = await Store.Blobs.Put(_owner, "application/pdf", new MemoryStream(bytes), Cancel);
        Assert.True(again is BlobPut.Stored { AlreadyThere: true, Blob.MediaType: "image/png" });
        Assert.False(Assert.IsType<BlobPut.Stored>(await Store.Put(other, bytes)).AlreadyThere);
        Assert.Equal((1, 1, 100), await Store.Held(_owner.Tenant));
        Assert.Equal((1, 1, 100), await Store.Held(other.Tenant));
    }

    [Fact]
    public async Task Of_twenty_who_store_the_same_bytes_at_once_one_is_the_first()
    {
        var bytes = Files.Some(Files.Piece + 1);
        var puts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.Put(_owner, bytes))));
        Assert.Single(puts, p => p is BlobPut.Stored { AlreadyThere: false });
        Assert.Equal(19, puts.Count(p => p is BlobPut.Stored { AlreadyThere: true }));
        Assert.Equal((1, 2, bytes.Length), await Store.Held(_owner.Tenant));
    }

    [Fact]
    public async Task A_file_of_another_company_is_not_found()
    {
        var address = await Store.Stored(_owner);
        var strange = address with { Owner = BlobOwner.Company(Some.Tenant()) };
        Assert.Null(await Store.Blobs.Find(strange, Cancel));
        await Assert.ThrowsAsync<BlobGoneException>(() => Store.Content(strange));
    }

    [Fact]
    public async Task A_file_that_breaks_off_leaves_nothing()
    {
        var broken = new BrokenStream(Files.Some(Files.Piece + 1));
        await Assert.ThrowsAsync<IOException>(() => Store.Blobs.Put(_owner, "image/png", broken, Cancel));
        Assert.Equal((0, 0, 0), await Store.Held(_owner.Tenant));
    }

    [Fact]
    public async Task A_file_that_was_altered_in_the_store_is_not_served_to_its_end()
    {
        var address = await Store.Stored(_owner, Files.Some(2 * Files.Piece));
        await Store.Database.Execute(
            "update blob_pieces set data = @data where number = 0 and blob = (select id from blobs where tenant = @tenant)", Cancel,
            ("data", Files.Some(Files.Piece)), ("tenant", _owner.Tenant.Value));
        var served = 0;
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var piece in Store.Blobs.Read(address, Cancel)) served += piece.Length;
        });
        Assert.Equal(Files.Piece, served);
    }

    [Fact]
    public async Task An_owner_s_files_are_listed_in_pages()
    {
        var stored = new HashSet<BlobHash>();
        for (var i = 0; i < 201; i++) stored.Add((await Store.Stored(_owner, Files.Some(1 + (i % 3) + 8))).Hash);
        var listed = await Store.Blobs.Of(_owner, Cancel).Select(b => b.Address.Hash).ToListAsync(Cancel);
        Assert.Equal(stored.Select(h => h.Hex).Order(StringComparer.Ordinal), listed.Select(h => h.Hex));
    }

    private sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Largest { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
