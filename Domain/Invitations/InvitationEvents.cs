using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>What has happened to an invitation.</summary>
public abstract record InvitationEvent;

/// <summary>USER_INVITED: a token goes out by mail, and holds once.</summary>
/// <param name="CompanyId">Into which company.</param>
/// <param name="Email">Whom, normalised.</param>
/// <param name="Role">What whoever joins will be.</param>
/// <param name="InvitedBy">Who invited.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
public sealed record UserInvited(
    Guid CompanyId, [property: PersonalData] string Email, Role Role, Guid InvitedBy, DateTimeOffset ExpiresAt) : InvitationEvent;

/// <summary>INVITATION_ACCEPTED: the user of the same id has joined.</summary>
public sealed record InvitationAccepted : InvitationEvent;

/// <summary>INVITATION_WITHDRAWN.</summary>
public sealed record InvitationWithdrawn : InvitationEvent;
