using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>One user, and what it may. An ADMIN who names no company acts on users of the platform.</summary>
[ApiController, ApiVersion(2.0), Route("api/users/{id:guid}"), Requires(Permission.UsersManage, Platform = true)]
public sealed class UserAccessController(UserDesk desk, IRevocations revocations) : ControllerBase
{
    /// <summary>One user: anybody of the company for whoever manages users, oneself for everybody.</summary>
    [HttpGet, Requires(Permission.UsersManage, Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<UserDetails>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id)
    {
        if (!HttpContext.MayReach(id)) return Faults.Bare(StatusCodes.Status403Forbidden).ToResult();
        var isSelf = id == HttpContext.Caller().UserId;
        var user = await (isSelf ? desk.Own(HttpContext) : desk.Grain(HttpContext, id)).Get();
        return user is null
            ? CompanyChoice.NotThere(HttpContext).ToResult()
            : Answers.Resource(Request, new UserDetails(user), view => view.Version);
    }

    /// <summary>Lets a user log in, or no longer: then at once, with every token and live connection.</summary>
    [HttpPatch("status")]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public Task<ActionResult> SetStatus(Guid id, [FromBody] StatusRequest body, CancellationToken cancel) =>
        Send(id, new SetActive(body.IsActive, UserDesk.ActorOf(HttpContext)), cancel);

    /// <summary>Makes a user something else, never above the caller's own role. Holds at once: tokens of the old role do not.</summary>
    [HttpPatch("role")]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public Task<ActionResult> SetRole(Guid id, [FromBody] RoleRequest body, CancellationToken cancel) =>
        Send(id, new ChangeRole(body.Role, UserDesk.ActorOf(HttpContext)), cancel);

    private async Task<ActionResult> Send(Guid id, UserCommand command, CancellationToken cancel) =>
        UserDesk.Answer(
            HttpContext, await revocations.Heeding(desk.Grain(HttpContext, id).Send(command, HttpContext.Command()), cancel));
}
