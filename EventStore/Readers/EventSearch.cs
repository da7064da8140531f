using System.Globalization;

namespace Tms.EventStore.Readers;

/// <summary>Every statement is a range of one index: (tenant, sequence), or a stream's versions.</summary>
internal sealed class EventSearch(IDatabase database) : IEventSearch
{
    public async Task<EventSpan> Span(
        TenantId tenant, StreamName? stream, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var log = new Log(database, tenant, stream);
        var all = new EventSpan(1, await log.Last(cancel) + 1);
        if (from is { } start) all = all with { First = await log.FirstAt(Micros.Of(start), all, cancel) };
        return to is { } end ? all with { Beyond = await log.FirstAt(Micros.Of(end), all, cancel) } : all;
    }

    public async Task<IReadOnlyList<RecordedEvent>> Find(
        TenantId tenant, EventFilter filter, EventSpan span, bool newestFirst, int limit, CancellationToken cancel)
    {
        if (span.IsEmpty || filter.Types.Count == 0) return [];
        var (place, where, parameters) = Conditions(tenant, filter, span);
        var order = $"{place} {(newestFirst ? "desc" : "asc")}";
        var found = $"select {EventRow.Columns} from events where {where} order by {order} limit @limit";
        return await database.Query(EventRow.PageOf(found, order), EventRow.Read, cancel, [.. parameters, ("limit", limit)]);
    }

    public async Task<long> Count(TenantId tenant, EventFilter filter, EventSpan span, CancellationToken cancel)
    {
        if (span.IsEmpty || filter.Types.Count == 0) return 0;
        var (_, where, parameters) = Conditions(tenant, filter, span);
        return (await database.Query($"select count(*) from events where {where}", r => r.GetInt64(0), cancel, parameters))[0];
    }

    private (string Place, string Where, (string, object?)[] Parameters) Conditions(TenantId tenant, EventFilter filter, EventSpan span)
    {
        var log = new Log(database, tenant, filter.Stream);
        var types = filter.Types.Select((type, i) => (Name: string.Create(CultureInfo.InvariantCulture, $"type{i}"), Value: (object?)type))
            .ToArray();
        var where = $"{log.Where} and {log.Place} >= @first and {log.Place} < @beyond and type in "
            + $"({string.Join(", ", types.Select(type => "@" + type.Name))})";
        List<(string, object?)> parameters = [.. log.Parameters, ("first", span.First), ("beyond", span.Beyond), .. types];
        if (filter is { Stream: null, Kind: { } kind })
        {
            where += " and stream_type = @kind";
            parameters.Add(("kind", kind));
        }

        if (filter.Actor is { } actor)
        {
            where += $" and {ActorCondition.Sql(database.Kind)}";
            parameters.Add(("actor", ActorCondition.Member(actor)));
        }

        return (log.Place, where, [.. parameters]);
    }

    /// <summary>A tenant's log, or one stream of it: what its places are.</summary>
    private sealed class Log(IDatabase database, TenantId tenant, StreamName? stream)
    {
        public string Place => stream is null ? "sequence" : "version";

        public string Where => stream is null ? "tenant = @tenant" : "stream_id = @stream and stream_type = @kind and tenant = @tenant";

        public (string, object?)[] Parameters =>
            stream is { } one ? [("tenant", tenant.Value), ("stream", one.Id), ("kind", one.Type)] : [("tenant", tenant.Value)];

        public async Task<long> Last(CancellationToken cancel) =>
            await database.Query(
                $"select {Place} from events where {Where} order by {Place} desc limit 1", r => r.GetInt64(0), cancel,
                Parameters) is [var last] ? last : 0;

        /// <summary>The first place of a span whose event is not before a time; the one beyond it where all are.</summary>
        public async Task<long> FirstAt(long micros, EventSpan span, CancellationToken cancel)
        {
            var (low, high) = (span.First, span.Beyond);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = await TimeAt(middle, cancel) < micros ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        // Where the event itself was taken out the next one stands for it.
        private async Task<long> TimeAt(long place, CancellationToken cancel) => await database.Query(
            $"select time_us from events where {Where} and {Place} >= @place order by {Place} limit 1", r => r.GetInt64(0), cancel,
            [.. Parameters, ("place", place)]) is [var time] ? time : long.MaxValue;
    }
}
