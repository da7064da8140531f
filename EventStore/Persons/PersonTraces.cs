using Tms.EventStore.Readers;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Persons;

internal sealed class PersonTraces(IDatabase database, IRebuildStore rows) : IPersonTraces
{
    private const string Theirs = "from person_events p join events e on e.tenant = p.tenant and e.sequence = p.sequence where p.tenant "
        + "= @tenant and p.person = @person";

    public async Task<IReadOnlyList<RecordedEvent>> Events(
        TenantId tenant, Guid person, CompanySequence after, int limit, CancellationToken cancel) =>
        await database.Query(
            EventRow.PageOf($"select {EventRow.Of("e")} {Theirs} and p.sequence > @after order by p.sequence limit @limit", "sequence"),
            EventRow.Read, cancel,
            ("tenant", tenant.Value), ("person", person), ("after", after.Value), ("limit", limit));

    public async Task<IReadOnlyList<StreamName>> Streams(TenantId tenant, Guid person, CancellationToken cancel) => await database.Query(
        $"select e.stream_type, e.stream_id {Theirs} union select stream_type, stream_id from events where stream_id = @person and "
            + $"version = 1 and tenant = @tenant order by 1, 2", r => new StreamName(r.GetString(0), r.GetGuid(1)), cancel,
        ("tenant", tenant.Value), ("person", person));

    public Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel) => rows.Refold(tenant, stream, cancel);
}
