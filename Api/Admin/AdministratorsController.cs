using System.ComponentModel.DataAnnotations;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invitations;
using InvitationDesk = Tms.Api.Http.AggregateDesk<
    Tms.Grains.Abstractions.Invitations.IInvitationGrain, Tms.Domain.Invitations.InvitationCommand,
    Tms.Grains.Abstractions.Invitations.InvitationView>;

namespace Tms.Api.Admin;

/// <summary>More people who run the platform. An invitation goes out by mail, and every ADMIN is told of whoever joins with it.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/administrators"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class AdministratorsController(InvitationDesk desk, IMailLimits mails) : ControllerBase
{
    private const string Route = "/api/v2/admin/administrators";

    /// <summary>Invites somebody to become an ADMIN.</summary>
    [HttpPost, SendsMail]
    [ProducesResponseType<InvitationView>(StatusCodes.Status201Created)]
    public Task<ActionResult> Invite([FromBody] AdministratorRequest body) => OnPlatform(() =>
    {
        var command = new InviteUser(TenantId.Platform.Value, body.Email, Role.Admin, UserDesk.ActorOf(HttpContext))
        {
            IsToPlatform = true,
        };
        return mails.Send(HttpContext, body.Email, notYet => desk.Create(HttpContext, Route, command with { NotYet = notYet }));
    });

    /// <summary>One invitation, wherever it stands.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<InvitationView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id) => OnPlatform(() => desk.Get(HttpContext, id));

    /// <summary>Takes an invitation back. Doing it again changes nothing.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<ActionResult> Withdraw(Guid id) => OnPlatform(() => desk.End(HttpContext, id, new WithdrawInvitation()));

    // Who names a company asks for an administrator of it, and no company has any.
    private Task<ActionResult> OnPlatform(Func<Task<ActionResult>> answer) =>
        HttpContext.Tenant() == TenantId.Platform ? answer() : Task.FromResult(Answers.NotFound());
}

/// <summary>Whom to invite.</summary>
public sealed record AdministratorRequest : IRuled
{
    /// <summary>Where the invitation is mailed; whoever joins logs in with it.</summary>
    [StringLength(254, MinimumLength = 3)]
    public required string Email { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => InvitationDecider.Check(Email, Role.Admin, isToPlatform: true);
}
