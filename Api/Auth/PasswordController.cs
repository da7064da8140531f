using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>Changing a password, and setting one that was forgotten.</summary>
[ApiController, ApiVersion(2.0), Route("api/auth/password")]
public sealed class PasswordController(
    OwnAccount account, Passwords passwords, ForgottenPasswords forgotten, MailedRequests mailed, UserSessions sessions,
    IRevocations revocations) : ControllerBase
{
    /// <summary>Gives the caller another password. The session in use goes on; the caller's others end.</summary>
    [HttpPost("change"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Change([FromBody] ChangePasswordRequest body, CancellationToken cancel)
    {
        if (await account.Refuse(HttpContext, body.CurrentPassword, "/currentPassword", cancel) is { } wrong) return wrong;

        var caller = HttpContext.Facts().Caller!;
        var command = new ChangePassword(await passwords.Hash(body.NewPassword, cancel), caller.SessionId ?? Guid.Empty);
        var outcome = await revocations.Heeding(account.Send(HttpContext, command), CancellationToken.None);
        if (outcome.View is null) return Answers.Of(outcome, view => Answers.Done(view, view.Version));

        await sessions.Forget(caller.Home, caller.UserId, except: caller.SessionId);
        return NoContent();
    }

    /// <summary>Has a token mailed with which a password can be set, where the address is somebody's. Says nothing about that.</summary>
    [HttpPost("forgot"), AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public ActionResult Forgot([FromBody] ForgotPasswordRequest body)
    {
        forgotten.Enqueue(body.Email, HttpContext.Facts().CorrelationId);
        return StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>Sets a password with a mailed token, which holds once. Every session of the user ends.</summary>
    [HttpPost("reset"), AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Reset([FromBody] ResetPasswordRequest body, CancellationToken cancel)
    {
        if (await mailed.Open(MailPurpose.PasswordReset, body.Token, cancel) is not { } token) return MailedRequests.Invalid();

        var correlation = HttpContext.Facts().CorrelationId;
        var command = new ResetPassword(token.Request, await passwords.Hash(body.NewPassword, cancel));
        var outcome = await revocations.Heeding(mailed.Send(token, command, correlation), CancellationToken.None);
        if (outcome.View is null) return MailedRequests.Refused(outcome);

        await sessions.Forget(token.Tenant, token.Id, except: null);
        return NoContent();
    }
}
