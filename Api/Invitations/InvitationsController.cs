using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Shared;
using Tms.ReadModels.Invitations;

namespace Tms.Api.Invitations;

/// <summary>Invitations into a company. The token that whoever joins must show goes out by mail, and is never shown here.</summary>
[ApiController, ApiVersion(2.0), Route("api/users/invitations"), Requires(Permission.UsersManage)]
public sealed class InvitationsController(IGrainFactory grains, InvitationList invitations, Cursors cursors, TimeProvider time) : ControllerBase
{
    /// <summary>The invitations that somebody can still join with, the oldest first.</summary>
    [HttpGet]
    [ProducesResponseType<Page<InvitationView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var (tenant, now) = (HttpContext.Tenant(), time.GetUtcNow());
        var scope = new CursorScope(tenant, "invitations", "open");
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        var total = query.IncludeTotal ? await invitations.CountOpen(tenant, now, cancel) : (long?)null;
        return cursors.Answer(scope, await invitations.Open(tenant, now, page, cancel), row => InvitationView.Of(row.State), total);
    }

    /// <summary>Invites somebody, with a role not above the caller's own.</summary>
    [HttpPost]
    [ProducesResponseType<InvitationView>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Invite([FromBody] InvitationRequest body)
    {
        var command = new InviteUser(HttpContext.Tenant().Value, body.Email, body.Role, UserDesk.ActorOf(HttpContext));
        return Answers.Of(await Grain(HttpContext.NewId(time)).Send(command, HttpContext.Command()),
            view => Answers.Created($"/api/v2/users/invitations/{view.Id}", view, view.Version));
    }

    /// <summary>One invitation, wherever it stands.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<InvitationView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id) => Answers.Resource(Request, await Grain(id).Get(), view => view.Version);

    /// <summary>Takes an invitation back. Doing it again changes nothing.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Withdraw(Guid id) =>
        Answers.Of(await Grain(id).Send(new WithdrawInvitation(), HttpContext.Command()), static _ => new JsonAnswer(null, StatusCodes.Status204NoContent));

    private IInvitationGrain Grain(Guid id) => grains.GetGrain<IInvitationGrain>(GrainKey.For(HttpContext.Tenant().Value, id));
}
