namespace Tms.EventStore.Blobs;

internal sealed class UnnamedBlobs(IDatabase database, BlobRemoval removal, BlobMetrics metrics) : IUnnamedBlobs
{
    private const string Candidates = """
        select tenant, id, look_us from blobs where look_us <= @now and (look_us, id) > (@look, @after) order by look_us, id limit @limit
        """;

    public async Task<IReadOnlyList<UnnamedBlob>> Due(DateTimeOffset now, UnnamedBlob? after, int limit, CancellationToken cancel) =>
        await database.Query(
        Candidates, r => new UnnamedBlob(r.GetGuid(0), r.GetGuid(1), r.GetInt64(2)), cancel,
        ("now", Micros.Of(now)), ("look", after?.DueMicros ?? -1), ("after", after?.Id ?? Guid.Empty), ("limit", limit));

    public async Task<bool> Sweep(Guid tenant, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var removed = await removal.Sweep(tenant, id, now, cancel);
        if (removed is not null) metrics.Swept(removed);
        return removed is not null;
    }
}
