using System.ComponentModel.DataAnnotations;
using Tms.Domain.Users;

namespace Tms.Api.Invitations;

/// <summary>Whom to invite.</summary>
public sealed record InvitationRequest
{
    /// <summary>Where the invitation is mailed; whoever joins logs in with it.</summary>
    [StringLength(254, MinimumLength = 3)]
    public required string Email { get; init; }

    /// <summary>What whoever joins will be: HOVEDBRUKER, BRUKER or ELEV.</summary>
    public required Role Role { get; init; }
}
