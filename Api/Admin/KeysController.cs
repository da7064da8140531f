using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Admin;

/// <summary>The keys that sign access tokens.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/keys"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class KeysController(IKeyRotation rotation) : ControllerBase
{
    /// <summary>Has the next key made now, before the present one is old. It is published at once and signs an hour later; where one is waiting already, that one is told.</summary>
    [HttpPost("rotate")]
    [ProducesResponseType<NextKeyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Rotate(CancellationToken cancel)
    {
        var next = await rotation.Force(cancel);
        return new JsonAnswer(new NextKeyAnswer(next.Key.KeyId, next.SignsFrom));
    }
}

/// <summary>The key that signs next.</summary>
/// <param name="Kid">Its id in <c>jwks.json</c> and in tokens.</param>
/// <param name="SignsFrom">From when, UTC.</param>
public sealed record NextKeyAnswer(string Kid, DateTimeOffset SignsFrom);
