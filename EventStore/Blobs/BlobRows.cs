using System.Data.Common;

namespace Tms.EventStore.Blobs;

/// <summary>
/// The rows of files. Each change that counts bytes first takes the tenant's total, so that no two of one tenant run at once.
/// </summary>
internal sealed class BlobRows(IDatabase database, BlobOptions options)
{
    private const string At = "tenant = @tenant and owner = @owner and hash = @hash";
    private const string Begun = """
        insert into blobs (id, tenant, owner, hash, size, media_type, key, stored_us, look_us)
        values (@id, @tenant, @owner, null, 0, @type, null, @now, @look)
        """;

    private const string LockTotal =
        "insert into blob_totals (tenant, bytes) values (@tenant, 0) on conflict (tenant) do update set bytes = blob_totals.bytes";
    private const string AddTotal = "update blob_totals set bytes = bytes + @size where tenant = @tenant and bytes + @size <= @quota";

    // Whoever is told that it is stored can rely on it for a day, even if its last use ends meanwhile.
    private const string Keep = $"update blobs set look_us = @look where {At}";
    private const string Done = "update blobs set hash = @hash, size = @size, key = @key, look_us = @look where id = @id";

    public async Task<long> Total(TenantId tenant, CancellationToken cancel) =>
        (await database.Query("select bytes from blob_totals where tenant = @tenant",
            r => r.GetInt64(0), cancel, ("tenant", tenant.Value))).FirstOrDefault();

    public async Task<BlobCopy?> Find(BlobAddress address, CancellationToken cancel) => (await database.Query(
        $"select {BlobCopy.Columns} from blobs where {At}", r => BlobCopy.Read(r, address.Owner), cancel, Named(address))).FirstOrDefault();

    /// <summary>At most so many of an owner's files, after a hash.</summary>
    public Task<List<BlobCopy>> Page(BlobOwner owner, byte[] after, int limit, CancellationToken cancel) => database.Query(
        $"select {BlobCopy.Columns} from blobs where tenant = @tenant and owner = @owner and hash > @after order by hash limit @limit",
        r => BlobCopy.Read(r, owner), cancel, ("tenant", owner.Tenant.Value), ("owner", owner.Person), ("after", after), ("limit", limit));

    /// <summary>Begins a copy that nobody can see yet.</summary>
    public Task Begin(Guid id, BlobOwner owner, string mediaType, DateTimeOffset now, CancellationToken cancel) => database.Execute(
        Begun, cancel, ("id", id), ("tenant", owner.Tenant.Value), ("owner", owner.Person),
        ("type", mediaType), ("now", Micros.Of(now)), ("look", Look(now)));

    /// <summary>Removes a copy that was begun and not finished, with its pieces.</summary>
    public Task Drop(Guid id, CancellationToken cancel) =>
        database.Execute("delete from blobs where id = @id and hash is null", cancel, ("id", id));

    /// <summary>Makes a copy seen, unless the owner has the bytes already, or the company too many.</summary>
    /// <exception cref="CopyGoneException">The copy was taken away.</exception>
    public Task<BlobFinish> Finish(Guid id, BlobAddress address, long size, byte[]? key, DateTimeOffset now, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
        {
            Task<int> Run(string sql, params (string, object?)[] more) => connection.Execute(sql, transaction, cancel, more);

            await Run(LockTotal, ("tenant", address.Owner.Tenant.Value));
            if (await Run(Keep, [("look", Look(now)), .. Named(address)]) > 0) return BlobFinish.Known;
            if (await Run(AddTotal, ("tenant", address.Owner.Tenant.Value), ("size", size), ("quota", options.QuotaBytes)) == 0)
                return BlobFinish.OverQuota;
            return await Run(Done, ("hash", address.Hash.ToBytes()), ("size", size), ("key", key), ("look", Look(now)), ("id", id)) == 1
                ? BlobFinish.New
                : throw new CopyGoneException();
        }, cancel);

    /// <summary>Takes, in an open transaction, what every change of a tenant's bytes takes first.</summary>
    public static Task<int> Lock(DbConnection connection, DbTransaction transaction, Guid tenant, CancellationToken cancel) =>
        connection.Execute(LockTotal, transaction, cancel, ("tenant", tenant));

    private long Look(DateTimeOffset now) => Micros.Of(now + options.KeepUnnamed);

    private static (string, object?)[] Named(BlobAddress address) =>
        [("tenant", address.Owner.Tenant.Value), ("owner", address.Owner.Person), ("hash", address.Hash.ToBytes())];
}

/// <summary>How a copy ended.</summary>
internal enum BlobFinish
{
    New,
    Known,
    OverQuota,
}

/// <summary>A copy was taken away while it was written: its owner was erased, or it took longer than unfinished ones are kept.</summary>
internal sealed class CopyGoneException() : Exception("The file was taken away while it came.");
