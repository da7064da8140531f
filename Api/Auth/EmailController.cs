using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>Changing the address to log in with.</summary>
[ApiController, ApiVersion(2.0), Route("api")]
public sealed class EmailController(OwnAccount account, MailedRequests mailed, IMailLimits mails) : ControllerBase
{
    /// <summary>Has a token mailed to a new address. Whether somebody has it already shows only when it is confirmed.</summary>
    [HttpPost("users/profile/email"), SendsMail, Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> Change([FromBody] ChangeEmailRequest body, CancellationToken cancel)
    {
        if (await account.Refuse(HttpContext, body.Password, "/password", cancel) is { } wrong) return wrong;
        return await mails.Send(
            HttpContext, body.Email,
            notYet => notYet is null ? Ask(body.Email) : Task.FromResult<ActionResult>(Answers.Of(notYet).ToResult()));
    }

    /// <summary>
    /// Takes the new address with the token that was mailed there. Access tokens name the old one until they are refreshed.
    /// </summary>
    [HttpPost("auth/email/confirm"), AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Confirm([FromBody] ConfirmEmailRequest body, CancellationToken cancel)
    {
        if (await mailed.Open(MailPurpose.EmailChange, body.Token, cancel) is not { } token) return MailedRequests.Invalid();
        var outcome = await mailed.Send(token, new ConfirmEmailChange(token.Request), HttpContext.Facts().CorrelationId);
        return outcome.View is null ? MailedRequests.Refused(outcome) : NoContent();
    }

    private async Task<ActionResult> Ask(string email)
    {
        var outcome = await account.Send(HttpContext, new RequestEmailChange(email));
        return outcome.View is null
            ? Answers.Of(outcome, view => Answers.Done(view, view.Version))
            : StatusCode(StatusCodes.Status202Accepted);
    }
}
