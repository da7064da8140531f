using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Events;

/// <summary>The events of one aggregate as its callers may see them: envelopes with hash, oldest first.</summary>
public sealed class EventHistory(IEventReader log, IEventOpener opener, EventCatalog catalog, IActiveModules modules, Cursors cursors)
{
    /// <summary>One page of a stream's events; 404 where there is no such stream.</summary>
    public async Task<ActionResult> Of(HttpContext http, StreamName stream, PageQuery query, CancellationToken cancel)
    {
        var tenant = http.Tenant();
        var scope = new CursorScope(tenant, "events", stream.ToString());
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();

        var after = new StreamVersion((int)(page.After?.Sequence ?? 0));
        var events = await log.ReadStream(tenant, stream, after, query.Limit + 1, cancel);
        if (events.Count == 0 && after == StreamVersion.Empty) return Problem.NotFound().ToResult();

        var shown = await opener.Open([.. events.Take(query.Limit)], cancel);
        var next = events.Count > query.Limit || events.IsFull()
            ? cursors.Seal(scope, Lists.Place(new Keyset(null, shown[^1].Version.Value)))
            : null;
        var total = query.IncludeTotal ? (await log.Version(tenant, stream, cancel)).Value : (long?)null;
        return new PageAnswer<RecordedEvent>(await Seen(http.Caller().In(tenant), shown),
            (writer, e) => EventEnvelope.Write(writer, e.ToDelivered(), catalog.Find(e.Type)!, e.Hash), next, total);
    }

    private async ValueTask<IReadOnlyList<RecordedEvent>> Seen(Viewer viewer, IReadOnlyList<RecordedEvent> events)
    {
        var seen = new List<RecordedEvent>(events.Count);
        foreach (var e in events)
        {
            if (catalog.Find(e.Type) is { } type && await viewer.Sees(type.SeenBy(e.Stream.Id, e.Data.Span, e.SchemaVersion), modules))
                seen.Add(e);
        }

        return seen;
    }
}
