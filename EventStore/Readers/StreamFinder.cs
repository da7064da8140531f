using System.Runtime.CompilerServices;

namespace Tms.EventStore.Readers;

internal sealed class StreamFinder(IDatabase database, int tenantsAtOnce = 1000) : IStreamFinder
{
    // Every stream has a first event: one probe of the index of versions.
    private const string Sql = "select tenant, stream_type from events where stream_id = @id and version = 1 order by tenant, stream_type";

    private const string Tenants = "select tenant from tenants where tenant > @after order by tenant limit @limit";

    private const string OfType = """
        select tenant, stream_type, stream_id, time_us from events
        where type = @type and tenant in (select tenant from tenants where tenant > @after and tenant <= @last) order by tenant, position
        """;

    public async Task<IReadOnlyList<(TenantId Tenant, StreamName Stream)>> Find(Guid id, CancellationToken cancel) =>
        await database.Query(Sql, r => (new TenantId(r.GetGuid(0)), new StreamName(r.GetString(1), id)), cancel, ("id", id));

    public async IAsyncEnumerable<FoundStream> With(string eventType, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = Guid.Empty; await Page(after, cancel) is [.., var last]; after = last)
        {
            var found = await database.Query(
                OfType, r => new FoundStream(new(r.GetGuid(0)), new(r.GetString(1), r.GetGuid(2)), r.GetInt64(3)), cancel,
                ("type", eventType), ("after", after), ("last", last));
            foreach (var stream in found) yield return stream;
        }
    }

    private Task<List<Guid>> Page(Guid after, CancellationToken cancel) =>
        database.Query(Tenants, r => r.GetGuid(0), cancel, ("after", after), ("limit", tenantsAtOnce));
}
