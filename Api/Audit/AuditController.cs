using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Audit;

/// <summary>Who has done what in a company.</summary>
[ApiController, ApiVersion(2.0), Route("api/audit"), Requires(Permission.Audit)]
public sealed class AuditController(AuditTrail trail, IEventSearch search, Cursors cursors) : ControllerBase
{
    /// <summary>Lists the events of a company that the caller may see, each with its hash, the newest first.</summary>
    /// <remarks>
    /// A page looks at 2,000 events of the log at most: where a filter lets few of them through it may have fewer rows than asked for, even
    /// none, and a nextCursor all the same.
    /// The list ends where nextCursor is null. Times and the stream of one thing are found without looking; a total looks at all events
    /// that they leave.
    /// </remarks>
    [HttpGet]
    [ProducesResponseType<Http.Page<JsonElement>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] AuditQuery query, CancellationToken cancel)
    {
        if (query.NewestFirst is not { } newestFirst) return AuditQuery.Orders.Unknown();
        if (query.Subject() is not var (kind, stream))
            return Answers.Parameter(
                "stream", "a kind such as invoices, or one thing such as invoices/0190b4a2-5d3c-7e1f-8a6b-9c0d1e2f3a4b");
        if (query.Types?.FirstOrDefault(type => !trail.Knows(type)) is { } unknown)
            return Answers.Parameter("type", $"names of events such as INVOICE_SENT, with commas between; there is no '{unknown}'");

        var tenant = HttpContext.Tenant();
        var scope = new CursorScope(tenant, "audit", query.Written());
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();

        var visible = await trail.VisibleTo(HttpContext.Caller(), tenant);
        var filter = new EventFilter(query.Types is { } types ? [.. types.Where(visible.Contains).Distinct()] : visible)
        {
            Kind = kind,
            Stream = stream,
            Actor = query.WrittenActor,
        };
        var span = await search.Span(tenant, stream, query.From, query.To, cancel);
        var found = await trail.Page(tenant, filter, Rest(span, page.After?.Sequence, newestFirst), newestFirst, query.Limit, cancel);
        var next = found.Next is { } place ? cursors.Seal(scope, Lists.Place(new Keyset(null, place))) : null;
        var total = query.IncludeTotal ? await search.Count(tenant, filter, span, cancel) : (long?)null;
        return new PageAnswer<byte[]>(
            found.Envelopes, static (writer, envelope) => writer.WriteRawValue(envelope, skipInputValidation: true), next, total);
    }

    private static EventSpan Rest(EventSpan span, long? passed, bool newestFirst) =>
        passed is not { } place ? span
        : newestFirst ? span.Before(place)
        : span.After(place);
}
