using System.Text.Json;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Rebuild;

/// <summary>Finds a tenant's streams in pieces, and reads their events.</summary>
/// <remarks>Every stream has a first event, and an index of first events by tenant, type and id.</remarks>
internal sealed class StreamPieces(IDatabase database, IEventReader reader)
{
    private const string First = "select stream_type from events where tenant = @tenant and version = 1";

    private const string AllTypes = $"""
        with recursive types (type) as (
          select ({First} order by stream_type limit 1)
          union all select ({First} and stream_type > t.type order by stream_type limit 1) from types t where t.type is not null)
        select type from types where type is not null
        """;

    /// <summary>The types of a tenant's streams: one probe of the index each.</summary>
    public Task<List<string>> Types(TenantId tenant, CancellationToken cancel) =>
        database.Query(AllTypes, r => r.GetString(0), cancel, ("tenant", tenant.Value));

    /// <summary>The next streams after an id.</summary>
    /// <param name="log">Whose streams, which of them, and up to which sequence.</param>
    /// <param name="after">Exclusive; null: from the first.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<StreamPiece> Next(LogPart log, Guid? after, CancellationToken cancel)
    {
        var ids = await Ids(log, after, cancel);
        var piece = PieceLimits.Cut(await Sizes(log, ids, cancel)).FirstOrDefault([]);
        var isLast = piece.Count == ids.Count && ids.Count < PieceLimits.Streams;
        return new([.. piece.Select(s => s.Id)], new(after, isLast ? null : piece[^1].Id), PieceLimits.AreLong(piece));
    }

    /// <summary>Streams that are known by their ids, in pieces.</summary>
    public async Task<IReadOnlyList<StreamPiece>> Of(LogPart log, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        [.. PieceLimits.Cut(await Sizes(log, ids, cancel))
            .Select(p => new StreamPiece([.. p.Select(s => s.Id)], null, PieceLimits.AreLong(p)))];

    /// <summary>The events of a piece in the order of the log, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordedEvent>> Events(LogPart log, StreamPiece piece, CancellationToken cancel) =>
        piece.IsLong ? new LongStream(reader, log, piece.Ids[0]).Pages(cancel) : AtOnce(log, piece, cancel);

    private async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> AtOnce(
        LogPart log, StreamPiece piece, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var sql = $"select {EventRow.Columns} from {Picked} order by e.sequence";
        yield return piece.Ids.Count == 0 ? [] : await database.Query(sql, EventRow.Read, cancel, Parameters(log, piece.Ids));
    }

    private Task<List<Guid>> Ids(LogPart log, Guid? after, CancellationToken cancel)
    {
        List<(string, object?)> parameters = [("tenant", log.Tenant.Value), ("limit", PieceLimits.Streams)];
        if (after is { } id) parameters.Add(("after", id));
        parameters.AddRange(log.Types.Select((type, i) => ($"type{i}", (object?)type)));
        var ranges = log.Types.Select((_, i) => $"""
            select * from (select stream_id from events where tenant = @tenant and stream_type = @type{i} and version = 1
              {(after is null ? "" : "and stream_id > @after")} order by stream_id limit @limit) r{i}
            """);
        return log.Types.Count == 0 ? Task.FromResult<List<Guid>>([]) : database.Query(
            $"select distinct stream_id from ({string.Join(" union all ", ranges)}) r order by stream_id limit @limit", r => r.GetGuid(0),
            cancel, [.. parameters]);
    }

    private async Task<List<StreamSize>> Sizes(LogPart log, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var sql = $"select e.stream_id, count(*), sum(length(e.data) + length(e.metadata)) from {Picked} group by e.stream_id";
        var found = ids.Count == 0 ? [] : await database.Query(
            sql, r => new StreamSize(r.GetGuid(0), r.GetInt64(1), r.GetInt64(2)), cancel, Parameters(log, ids));
        var known = found.ToDictionary(s => s.Id);
        return [.. ids.Select(id => known.GetValueOrDefault(id, new(id, 0, 0)))];
    }

    private string Picked => $"""
        {Each("ids", "k")} join events e on e.stream_id = k.value and e.tenant = @tenant and e.sequence <= @to
          and e.stream_type in (select t.value from {Each("types", "t")})
        """;

    private (string, object?)[] Parameters(LogPart log, IReadOnlyCollection<Guid> ids) =>
    [
        ("tenant", log.Tenant.Value), ("to", log.To),
        ("ids", Many(ids, id => id.ToString().ToUpperInvariant())), ("types", Many(log.Types, t => t)),
    ];

    // A list is one parameter, so that lists of any length are one statement.
    private object Many<T>(IReadOnlyCollection<T> values, Func<T, string> text) =>
        database.Kind == DatabaseKind.Postgres ? values.ToArray() : JsonSerializer.Serialize(values.Select(text));

    private string Each(string list, string name) => database.Kind == DatabaseKind.Postgres
        ? $"unnest(@{list}) as {name}(value)"
        : $"(select value from json_each(@{list})) as {name}";
}

/// <summary>The streams of some types in a tenant's log, up to a sequence.</summary>
internal sealed record LogPart(TenantId Tenant, IReadOnlyList<string> Types, long To);
