namespace Tms.EventStore.Readers;

internal sealed class StreamFinder(IDatabase database) : IStreamFinder
{
    // Every stream has a first event: one probe of the index of versions.
    private const string Sql = "select tenant, stream_type from events where stream_id = @id and version = 1 order by tenant, stream_type";

    public async Task<IReadOnlyList<(TenantId Tenant, StreamName Stream)>> Find(Guid id, CancellationToken cancel) =>
        await database.Query(Sql, r => (new TenantId(r.GetGuid(0)), new StreamName(r.GetString(1), id)), cancel, ("id", id));
}
