namespace Tms.EventStore.Readers;

internal sealed class ActorEvents(IDatabase database) : IActorEvents
{
    private string Theirs => ActorCondition.Sql(database.Kind);

    public async Task<IReadOnlyList<ActorEvent>> Read(TenantId tenant, string actor, CompanySequence after, int limit, CancellationToken cancel) => await database.Query(
        $"select sequence, type, stream_type, stream_id, time_us from events where tenant = @tenant and sequence > @after and {Theirs} order by sequence limit @limit",
        r => new ActorEvent(new(r.GetInt64(0)), r.GetString(1), new(r.GetString(2), r.GetGuid(3)), r.GetInt64(4)), cancel,
        ("tenant", tenant.Value), ("after", after.Value), ("actor", ActorCondition.Member(actor)), ("limit", limit));

    public async Task<IReadOnlyList<(string StreamType, long Streams)>> Count(TenantId tenant, string actor, CancellationToken cancel) => await database.Query(
        $"select stream_type, count(distinct stream_id) from events where tenant = @tenant and {Theirs} group by stream_type order by stream_type",
        r => (r.GetString(0), r.GetInt64(1)), cancel, ("tenant", tenant.Value), ("actor", ActorCondition.Member(actor)));
}
