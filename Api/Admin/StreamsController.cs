using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Admin;

/// <summary>The log as it is stored: the only place where stored bytes leave the system.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/streams"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class StreamsController(IStreamFinder finder, IEventReader log, Cursors cursors) : ControllerBase
{
    /// <summary>The raw events of one stream of any company (or of the one that X-Company-Id names), oldest first.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<Http.Page<JsonElement>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id, [FromQuery] PageQuery query, CancellationToken cancel)
    {
        var scope = new CursorScope(HttpContext.Tenant(), "streams", id.ToString());
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        if (await Find(id, cancel) is not var (tenant, stream)) return Answers.NotFound();
        var events = await log.ReadStream(tenant, stream, new((int)(page.After?.Sequence ?? 0)), query.Limit + 1, cancel);
        var shown = events.Take(query.Limit).ToArray();
        var next = events.Count > query.Limit || events.IsFull()
            ? cursors.Seal(scope, Lists.Place(new Keyset(null, shown[^1].Version.Value)))
            : null;
        var total = query.IncludeTotal ? (await log.Version(tenant, stream, cancel)).Value : (long?)null;
        return new PageAnswer<RecordedEvent>(shown, Write, next, total);
    }

    private async Task<(TenantId Tenant, StreamName Stream)?> Find(Guid id, CancellationToken cancel)
    {
        var named = HttpContext.Tenant();
        foreach (var found in await finder.Find(id, cancel))
        {
            if (named == TenantId.Platform || named == found.Tenant) return found;
        }

        return null;
    }

    private static void Write(Utf8JsonWriter writer, RecordedEvent e)
    {
        writer.WriteStartObject();
        writer.WriteString("companyId"u8, e.Tenant.Value);
        writer.WriteNumber("position"u8, e.Sequence.Value);
        writer.WriteNumber("globalPosition"u8, e.Position.Value);
        writer.WriteString("stream"u8, e.Stream.ToString());
        writer.WriteNumber("version"u8, e.Version.Value);
        writer.WriteString("id"u8, e.Id);
        writer.WriteString("type"u8, e.Type);
        writer.WriteNumber("schemaVersion"u8, e.SchemaVersion);
        writer.WriteString("time"u8, e.Time.UtcDateTime);
        writer.WriteString("hash"u8, Convert.ToHexStringLower(e.Hash));
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(e.Data.Span);
        writer.WritePropertyName("metadata"u8);
        writer.WriteRawValue(e.Metadata.Span);
        writer.WriteEndObject();
    }
}
