using System.Security.Cryptography;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.ApiKeys;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.ApiKeys;
using Tms.Grains.Abstractions.Shared;
using Tms.ReadModels.ApiKeys;

namespace Tms.Api.ApiKeys;

/// <summary>A company's keys for other systems.</summary>
[ApiController, ApiVersion(2.0), Route("api/api-keys"), Requires(Permission.ApiKeysManage)]
public sealed class ApiKeysController(IGrainFactory grains, ApiKeyList keys, Cursors cursors, IRevocations revocations, TimeProvider time) : ControllerBase
{
    /// <summary>The company's keys, revoked ones too, the oldest first.</summary>
    [HttpGet]
    [ProducesResponseType<Page<ApiKeyView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var scope = new CursorScope(HttpContext.Tenant(), "api-keys", "");
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        var total = query.IncludeTotal ? await keys.Count(HttpContext.Tenant(), cancel) : (long?)null;
        return cursors.Answer(scope, await keys.Find(HttpContext.Tenant(), page, cancel), row => ApiKeyView.Of(row.State), total);
    }

    /// <summary>Makes a key. It is shown in this answer and never again.</summary>
    [HttpPost, ShownOnce]
    [ProducesResponseType<NewApiKey>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Create([FromBody] ApiKeyRequest body)
    {
        var by = UserDesk.ActorOf(HttpContext);
        var key = new ApiKeyText(HttpContext.Tenant().Value, HttpContext.NewId(time), RandomNumberGenerator.GetBytes(ApiKeyText.SecretSize));
        var command = new CreateApiKey(key.Key, body.Name, [.. body.Scopes], ApiKeyText.Hash(key.Secret), by);
        return Answers.Of(await Grain(key.Key).Send(command, HttpContext.Command()),
            view => Answers.Created($"/api/v2/api-keys/{view.Id}", NewApiKey.Of(view, key.Write()), view.Version));
    }

    /// <summary>One key, without what it is checked with.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<ApiKeyView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id) => Answers.Resource(Request, await Grain(id).Get(), view => view.Version);

    /// <summary>Ends a key for good, and at once. Doing it again changes nothing.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Revoke(Guid id, CancellationToken cancel) =>
        Answers.Of(await revocations.Heeding(Grain(id).Send(new RevokeApiKey(), HttpContext.Command()), cancel), static _ => new JsonAnswer(null, StatusCodes.Status204NoContent));

    private IApiKeyGrain Grain(Guid id) => grains.GetGrain<IApiKeyGrain>(GrainKey.For(HttpContext.Tenant().Value, id));
}
