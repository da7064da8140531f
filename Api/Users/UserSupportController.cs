using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Auth;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>Help for somebody whose device was lost or stolen.</summary>
[ApiController, ApiVersion(2.0), Route("api/users/{id:guid}"), Requires(Permission.UsersManage, Platform = true)]
public sealed class UserSupportController(UserDesk desk, UserSessions sessions, IRevocations revocations) : ControllerBase
{
    /// <summary>Logs a user out everywhere, at once.</summary>
    [HttpDelete("sessions")]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> EndSessions(Guid id, CancellationToken cancel)
    {
        var outcome = await revocations.Heeding(
            desk.Grain(HttpContext, id).Send(new EndSessions(UserDesk.ActorOf(HttpContext)), HttpContext.Command()), cancel);
        if (outcome.View is not null) await sessions.Forget(HttpContext.Tenant(), id, except: null);
        return UserDesk.Answer(HttpContext, outcome);
    }

    /// <summary>Has the user's logins need no code any more. Users do it themselves with password and code.</summary>
    [HttpDelete("second-factor")]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> ResetSecondFactor(Guid id) =>
        UserDesk.Answer(
            HttpContext,
            await desk.Grain(HttpContext, id).Send(new ResetSecondFactor(UserDesk.ActorOf(HttpContext)), HttpContext.Command()));
}
