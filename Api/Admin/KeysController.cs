using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Admin;

/// <summary>The keys that sign access tokens.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/keys"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class KeysController(IKeyRotation rotation, KeyWithdrawals withdrawals) : ControllerBase
{
    /// <summary>
    /// Has the next key made now, before the present one is old. It is published at once and signs an hour later; where one is waiting
    /// already, that one is told.
    /// </summary>
    [HttpPost("rotate")]
    [ProducesResponseType<NextKeyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Rotate(CancellationToken cancel)
    {
        var next = await rotation.Force(cancel);
        return new JsonAnswer(new NextKeyAnswer(next.Key.KeyId, next.SignsFrom));
    }

    /// <summary>
    /// Has every node take no token of a key any more: one that leaked. This node does so when it answers, the others within a second;
    /// where it signed, the next key signs at once.
    /// </summary>
    /// <remarks>
    /// Everybody whose access token it signed gets 401 and goes on with the refresh token. Asking again answers the same.
    /// </remarks>
    [HttpPost("{kid}/withdraw")]
    [ProducesResponseType<WithdrawnKeyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Withdraw(string kid, CancellationToken cancel)
    {
        if (await withdrawals.Withdraw(kid, HttpContext.Command(), cancel) is not var (at, outcome)) return Answers.NotFound();
        return Answers.Of(outcome, _ => new JsonAnswer(new WithdrawnKeyAnswer(kid, at)));
    }
}

/// <summary>The key that signs next.</summary>
/// <param name="Kid">Its id in <c>jwks.json</c> and in tokens.</param>
/// <param name="SignsFrom">From when, UTC.</param>
public sealed record NextKeyAnswer(string Kid, DateTimeOffset SignsFrom);

/// <summary>A key that was withdrawn.</summary>
/// <param name="Kid">Its id in tokens.</param>
/// <param name="WithdrawnAt">Since when none of its tokens holds, UTC.</param>
public sealed record WithdrawnKeyAnswer(string Kid, DateTimeOffset WithdrawnAt);
