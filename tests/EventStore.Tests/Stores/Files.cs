using System.Security.Cryptography;
using Tms.EventStore.Blobs;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Files for tests, and what the store holds of them.</summary>
internal static class Files
{
    public const int Piece = IBlobStore.PieceSize;

    /// <summary>Bytes that nobody else has.</summary>
    public static byte[] Some(int size = 100) => RandomNumberGenerator.GetBytes(size);

    public static BlobHash HashOf(byte[] bytes) => BlobHash.Of(SHA256.HashData(bytes));

    public static async Task<BlobPut> Put(this StoreUnderTest store, BlobOwner owner, byte[] bytes) =>
        await store.Blobs.Put(owner, "image/png", new MemoryStream(bytes));

    public static async Task<BlobAddress> Stored(this StoreUnderTest store, BlobOwner owner, byte[]? bytes = null) =>
        Assert.IsType<BlobPut.Stored>(await store.Put(owner, bytes ?? Some())).Blob.Address;

    public static async Task<byte[]> Content(this StoreUnderTest store, BlobAddress address)
    {
        var all = new MemoryStream();
        await foreach (var piece in store.Blobs.Read(address)) all.Write(piece.Span);
        return all.ToArray();
    }

    /// <summary>Rows of a tenant's files and of their pieces, and the bytes that count.</summary>
    public static async Task<(long Files, long Pieces, long Bytes)> Held(this StoreUnderTest store, TenantId tenant)
    {
        const string sql = """
            select (select count(*) from blobs where tenant = @tenant),
                (select count(*) from blob_pieces p join blobs b on b.id = p.blob where b.tenant = @tenant),
              coalesce((select bytes from blob_totals where tenant = @tenant), 0)
            """;
        return Assert.Single(await store.Database.Query(sql, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)),
            CancellationToken.None, ("tenant", tenant.Value)));
    }

    /// <summary>Sweeps whatever of a tenant is due at a time; how many were removed.</summary>
    public static async Task<int> Sweep(this StoreUnderTest store, TenantId tenant, TimeSpan later)
    {
        var (now, removed) = (TimeProvider.System.GetUtcNow() + later, 0);
        for (UnnamedBlob? after = null; (await store.Unnamed.Due(now, after, 7)) is [.., var last] due; after = last)
        {
            foreach (var blob in due.Where(b => b.Tenant == tenant.Value))
                removed += await store.Unnamed.Sweep(blob.Tenant, blob.Id, now) ? 1 : 0;
        }

        return removed;
    }

    /// <summary>A unit whose one stream names a blob, or names it no longer.</summary>
    public static AppendUnit Naming(BlobAddress blob, StreamName stream, int expected = 0, bool ends = false) =>
        Stores.Some.Unit(blob.Owner.Tenant, stream, expected) with { Blobs = [new(blob, stream, ends)] };
}
