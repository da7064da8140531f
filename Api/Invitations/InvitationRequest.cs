using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Invitations;

/// <summary>Whom to invite.</summary>
public sealed record InvitationRequest : IRuled
{
    /// <summary>Where the invitation is mailed; whoever joins logs in with it.</summary>
    [StringLength(254, MinimumLength = 3)]
    public required string Email { get; init; }

    /// <summary>What whoever joins will be: HOVEDBRUKER, BRUKER or ELEV.</summary>
    public required Role Role { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => InvitationDecider.Check(Email, Role);
}
