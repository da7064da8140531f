using System.Data.Common;
using System.Runtime.CompilerServices;
using Tms.EventStore.Persons;

namespace Tms.EventStore.Blobs;

/// <summary>Files in the database of the log.</summary>
/// <param name="rows">What is known of each.</param>
/// <param name="pieces">Their bytes.</param>
/// <param name="removal">What takes them away.</param>
/// <param name="keys">Made only where a person's file is met.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
internal sealed class BlobStore(
    BlobRows rows, BlobPieces pieces, BlobRemoval removal, Lazy<PersonKeys> keys,
    BlobOptions options, TimeProvider time, BlobMetrics metrics) : IBlobStore
{
    private const int PageSize = 200;
    private const int MaxMediaType = 100;

    public async Task<BlobPut> Put(BlobOwner owner, string mediaType, Stream content, CancellationToken cancel)
    {
        if (mediaType.Length is 0 or > MaxMediaType)
            throw new ArgumentException($"A media type has 1 to {MaxMediaType} characters.", nameof(mediaType));
        var person = await Key(owner, cancel);
        BlobPut put = owner.IsPerson && person is null ? new BlobPut.NoOwner()
            : await rows.Total(owner.Tenant, cancel) >= options.QuotaBytes ? new BlobPut.OverQuota(options.QuotaBytes)
            : await Write(owner, mediaType, content, person, cancel);
        metrics.Put(put);
        return put;
    }

    public async Task<Blob?> Find(BlobAddress address, CancellationToken cancel) =>
        await rows.Find(address, cancel) is { } copy && await Opens(copy, cancel) ? copy.Blob : null;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(BlobAddress address, [EnumeratorCancellation] CancellationToken cancel)
    {
        var copy = await rows.Find(address, cancel) ?? throw Gone(address);
        using var seal = copy.Key is { } box
            ? PieceSeal.Of(await Key(address.Owner, cancel) ?? throw Gone(address), box, address, copy.Blob.Size)
            : null;
        await foreach (var piece in new BlobDownload(pieces, copy, seal).Pieces(cancel)) yield return piece;
    }

    public async IAsyncEnumerable<Blob> Of(BlobOwner owner, [EnumeratorCancellation] CancellationToken cancel)
    {
        byte[] after = [];
        for (var more = true; more;)
        {
            var page = await rows.Page(owner, after, PageSize, cancel);
            foreach (var copy in page)
            {
                if (await Opens(copy, cancel)) yield return copy.Blob;
            }

            more = page.Count == PageSize;
            if (more) after = page[^1].Blob.Address.Hash.ToBytes();
        }
    }

    public Task<int> Forget(TenantId tenant, Guid person, CancellationToken cancel) => removal.Forget(new(tenant, person), cancel);

    private async Task<BlobPut> Write(BlobOwner owner, string mediaType, Stream content, PersonKey? person, CancellationToken cancel)
    {
        var (now, kept) = (time.GetUtcNow(), false);
        var id = Guid.CreateVersion7(now);
        await rows.Begin(id, owner, mediaType, now, cancel);
        try
        {
            using var seal = person is null ? null : PieceSeal.Make();
            if (await new BlobUpload(pieces, id, seal, options.MaxBytes).Write(content, cancel) is not var (size, hash))
                return new BlobPut.TooLarge(options.MaxBytes);
            var address = new BlobAddress(owner, hash);
            var finish = await rows.Finish(id, address, size, seal?.Wrap(person!, address, size), time.GetUtcNow(), cancel);
            kept = finish == BlobFinish.New;
            return finish == BlobFinish.OverQuota ? new BlobPut.OverQuota(options.QuotaBytes) : await Stored(address, !kept, cancel);
        }
        catch (CopyGoneException e)
        {
            return owner.IsPerson
                ? new BlobPut.NoOwner()
                : throw new StoreUnavailableException("The file took longer to come than unfinished ones are kept.", e);
        }
        finally
        {
            if (!kept) await Drop(id);
        }
    }

    private async Task<BlobPut> Stored(BlobAddress address, bool known, CancellationToken cancel) =>
        new BlobPut.Stored((await rows.Find(address, cancel) ?? throw Gone(address)).Blob, known);

    // Whatever went wrong before counts more; what stays behind is swept.
    private async Task Drop(Guid id)
    {
        try
        {
            await rows.Drop(id, CancellationToken.None);
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException)
        {
            metrics.LeftBehind();
        }
    }

    private async ValueTask<bool> Opens(BlobCopy copy, CancellationToken cancel) =>
        copy.Key is null || await Key(copy.Blob.Address.Owner, cancel) is not null;

    private async ValueTask<PersonKey?> Key(BlobOwner owner, CancellationToken cancel) =>
        owner.IsPerson ? await keys.Value.Find(owner.Tenant, owner.Person, cancel) : null;

    private static BlobGoneException Gone(BlobAddress address) => new($"There is no blob {address.Hash}.");
}
