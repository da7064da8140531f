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
using Tms.ReadModels.ApiKeys;
using ApiKeyDesk =
    Tms.Api.Http.AggregateDesk<Tms.Grains.Abstractions.ApiKeys.IApiKeyGrain, Tms.Domain.ApiKeys.ApiKeyCommand,
        Tms.Grains.Abstractions.ApiKeys.ApiKeyView>;

namespace Tms.Api.ApiKeys;

/// <summary>A company's keys for other systems.</summary>
[ApiController, ApiVersion(2.0), Route("api/api-keys"), Requires(Permission.ApiKeysManage)]
public sealed class ApiKeysController(ApiKeyDesk desk, ListDesk lists, ApiKeyList keys, IRevocations revocations) : ControllerBase
{
    /// <summary>The company's keys, revoked ones too, the oldest first.</summary>
    [HttpGet]
    [ProducesResponseType<Page<ApiKeyView>>(StatusCodes.Status200OK)]
    public Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var tenant = HttpContext.Tenant();
        return lists.Answer(
            HttpContext, ("api-keys", ""), query, page => keys.Find(tenant, page, cancel), () => keys.Count(tenant, cancel),
            row => ApiKeyView.Of(row.State));
    }

    /// <summary>Makes a key. It is shown in this answer and never again.</summary>
    [HttpPost, ShownOnce]
    [ProducesResponseType<NewApiKey>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Create([FromBody] ApiKeyRequest body)
    {
        var by = UserDesk.ActorOf(HttpContext);
        var (company, secret) = (HttpContext.Tenant().Value, RandomNumberGenerator.GetBytes(ApiKeyText.SecretSize));
        return await desk.Create(
            HttpContext, id => new CreateApiKey(id, body.Name, [.. body.Scopes], ApiKeyText.Hash(secret), by),
            view => Answers.Created(
                $"/api/v2/api-keys/{view.Id}", NewApiKey.Of(view, new ApiKeyText(company, view.Id, secret).Write()), view.Version));
    }

    /// <summary>One key, without what it is checked with.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<ApiKeyView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id) => desk.Get(HttpContext, id);

    /// <summary>Ends a key for good, and at once. Doing it again changes nothing.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<ActionResult> Revoke(Guid id, CancellationToken cancel) =>
        desk.End(HttpContext, id, new RevokeApiKey(), sending => revocations.Heeding(sending, cancel));
}
