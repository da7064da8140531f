using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Invitations;
using Tms.ReadModels.Invitations;
using InvitationDesk = Tms.Api.Http.AggregateDesk<
    Tms.Grains.Abstractions.Invitations.IInvitationGrain, Tms.Domain.Invitations.InvitationCommand,
    Tms.Grains.Abstractions.Invitations.InvitationView>;

namespace Tms.Api.Invitations;

/// <summary>Invitations into a company. The token that whoever joins must show goes out by mail, and is never shown here.</summary>
[ApiController, ApiVersion(2.0), Route("api/users/invitations"), Requires(Permission.UsersManage)]
public sealed class InvitationsController(
    InvitationDesk desk, ListDesk lists, InvitationList invitations, IMailLimits mails) : ControllerBase
{
    // Anybody may register a company: what goes out in its name is bounded.
    private const int MostOpen = 200;

    /// <summary>The invitations that somebody can still join with, the oldest first.</summary>
    [HttpGet]
    [ProducesResponseType<Page<InvitationView>>(StatusCodes.Status200OK)]
    public Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var (tenant, now) = (HttpContext.Tenant(), desk.Now);
        return lists.Answer(
            HttpContext, ("invitations", "open"), query, page => invitations.Open(tenant, now, page, cancel),
            () => invitations.CountOpen(tenant, now, cancel), row => InvitationView.Of(row.State));
    }

    /// <summary>
    /// Invites somebody, with a role not above the caller's own. A company has 200 open invitations at most, and an address gets one mail
    /// in a quarter of an hour.
    /// </summary>
    [HttpPost, SendsMail]
    [ProducesResponseType<InvitationView>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Invite([FromBody] InvitationRequest body, CancellationToken cancel)
    {
        var isFull = await invitations.CountOpen(HttpContext.Tenant(), desk.Now, cancel) >= MostOpen;
        var command = new InviteUser(HttpContext.Tenant().Value, body.Email, body.Role, UserDesk.ActorOf(HttpContext)) { IsFull = isFull };
        return await mails.Send(
            HttpContext, body.Email,
            notYet => desk.Create(HttpContext, "/api/v2/users/invitations", command with { NotYet = notYet }));
    }

    /// <summary>One invitation, wherever it stands.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<InvitationView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id) => desk.Get(HttpContext, id);

    /// <summary>Takes an invitation back. Doing it again changes nothing.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<ActionResult> Withdraw(Guid id) => desk.End(HttpContext, id, new WithdrawInvitation());
}
