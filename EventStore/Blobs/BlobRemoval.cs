namespace Tms.EventStore.Blobs;

/// <summary>
/// Takes files away. The row is locked before anybody looks for uses, and uses refer to the row: whoever commits first wins, and
/// the other sees it.
/// </summary>
internal sealed class BlobRemoval(IDatabase database)
{
    private const string Uses =
        "exists (select 1 from blob_uses u where u.tenant = blobs.tenant and u.owner = blobs.owner and u.hash = blobs.hash)";

    // 200 MiB at the most: a moment, and uploads of the company wait for a moment only.
    private const int AtOnce = 20;

    // SQLite has one writer, which is lock enough.
    private string Locked => database.Kind == DatabaseKind.Postgres ? " for update" : "";

    /// <summary>Removes a copy whose time is up and that nothing names.</summary>
    /// <returns>What was removed; null: nothing was.</returns>
    public Task<RemovedBlob?> Sweep(Guid tenant, Guid id, DateTimeOffset now, CancellationToken cancel) => Change(tenant, async change =>
    {
        var found = await change.Read(
            $"select size, hash is null from blobs where id = @id and tenant = @tenant and look_us <= @now{Locked}",
            r => new RemovedBlob(r.GetInt64(0), r.GetBoolean(1)), ("id", id), ("tenant", tenant), ("now", Micros.Of(now)));
        if (found is not [var removed]
            || await change.Run($"update blobs set look_us = null where id = @id and {Uses}", ("id", id)) > 0)
        {
            return null;
        }

        await change.Run("delete from blobs where id = @id", ("id", id));
        await change.Subtract(removed.Bytes);
        return removed;
    }, cancel);

    /// <summary>Removes all of an owner, named or not: some files at a time, so that the company's uploads get in between.</summary>
    /// <remarks>What is broken off has removed some of them, and is done again.</remarks>
    public async Task<int> Forget(BlobOwner owner, CancellationToken cancel)
    {
        var (all, some) = (0, AtOnce);
        while (some == AtOnce)
        {
            some = await ForgetSome(owner, cancel);
            all += some;
        }

        return all;
    }

    private Task<int> ForgetSome(BlobOwner owner, CancellationToken cancel) => Change(owner.Tenant.Value, async change =>
    {
        (string, object?)[] of = [("tenant", owner.Tenant.Value), ("owner", owner.Person)];
        var some = await change.Read(
            $"select id, size from blobs where tenant = @tenant and owner = @owner order by hash limit {AtOnce}{Locked}",
            r => (Id: r.GetGuid(0), Size: r.GetInt64(1)), of);
        if (some.Count == 0) return 0;
        var these = $"from blobs where id in ({string.Join(", ", some.Select((_, i) => $"@id{i}"))})";
        (string, object?)[] ids = [.. some.Select((f, i) => ($"id{i}", (object?)f.Id))];
        await change.Run(
            $"delete from blob_uses where tenant = @tenant and owner = @owner and hash in (select hash {these})", [.. of, .. ids]);
        await change.Run($"delete {these}", ids);
        await change.Subtract(some.Sum(f => f.Size));
        return some.Count;
    }, cancel);

    private Task<T> Change<T>(Guid tenant, Func<BlobChange, Task<T>> work, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        await BlobRows.Lock(connection, transaction, tenant, cancel);
        return await work(new(connection, transaction, tenant, cancel));
    }, cancel);
}

/// <summary>A copy that was removed.</summary>
/// <param name="Bytes">Its size; 0 where it was never finished.</param>
/// <param name="Unfinished">Whether it was never finished.</param>
internal sealed record RemovedBlob(long Bytes, bool Unfinished);
