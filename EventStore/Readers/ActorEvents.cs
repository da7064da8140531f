namespace Tms.EventStore.Readers;

/// <summary>Reads through the log, for no index knows actors: a range at a time, so that no statement takes long.</summary>
internal sealed class ActorEvents(IDatabase database, int eventsAtOnce = 50_000) : IActorEvents
{
    private const string Range = "from events where tenant = @tenant and sequence >= @first and sequence < @beyond";

    private string Theirs => ActorCondition.Sql(database.Kind);

    public async Task<IReadOnlyList<ActorEvent>> Read(
        TenantId tenant, string actor, CompanySequence after, int limit, CancellationToken cancel)
    {
        var all = new List<ActorEvent>();
        for (var rest = await Rest(tenant, after, cancel); !rest.IsEmpty && all.Count < limit; rest = Beyond(rest))
        {
            all.AddRange(await database.Query(
                $"select sequence, type, stream_type, stream_id, time_us {Range} and {Theirs} order by sequence limit @limit",
                r => new ActorEvent(new(r.GetInt64(0)), r.GetString(1), new(r.GetString(2), r.GetGuid(3)), r.GetInt64(4)), cancel,
                [.. Parameters(tenant, actor, rest), ("limit", limit - all.Count)]));
        }

        return all;
    }

    public async Task<IReadOnlyList<(string StreamType, long Streams)>> Count(TenantId tenant, string actor, CancellationToken cancel)
    {
        var streams = new HashSet<(string Type, Guid Id)>();
        for (var rest = await Rest(tenant, CompanySequence.Start, cancel); !rest.IsEmpty; rest = Beyond(rest))
        {
            streams.UnionWith(await database.Query(
                $"select distinct stream_type, stream_id {Range} and {Theirs}",
                r => (r.GetString(0), r.GetGuid(1)), cancel, Parameters(tenant, actor, rest)));
        }

        return [.. streams.CountBy(s => s.Type).Select(t => (t.Key, (long)t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)];
    }

    private async Task<EventSpan> Rest(TenantId tenant, CompanySequence after, CancellationToken cancel)
    {
        var ends = await database.Query(
            "select sequence from tenants where tenant = @tenant", r => r.GetInt64(0), cancel, ("tenant", tenant.Value));
        return new(after.Value + 1, ends.FirstOrDefault() + 1);
    }

    private EventSpan Beyond(EventSpan rest) => rest with { First = rest.First + eventsAtOnce };

    private (string, object?)[] Parameters(TenantId tenant, string actor, EventSpan rest)
    {
        var part = rest.Start(eventsAtOnce);
        return [("tenant", tenant.Value), ("first", part.First), ("beyond", part.Beyond), ("actor", ActorCondition.Member(actor))];
    }
}
