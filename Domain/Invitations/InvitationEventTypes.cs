using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>The events of invitations by stable name: whoever manages users sees them.</summary>
public static class InvitationEventTypes
{
    /// <summary>Name of <see cref="UserInvited"/>.</summary>
    public const string Invited = "USER_INVITED";

    internal static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of(Invited, 1, InvitationJson.Default.UserInvited).VisibleTo(
            Permission.UsersManage, static e => new InvitationPayload(e.Email, e.Role, e.ExpiresAt),
            InvitationJson.Default.InvitationPayload),
        EventType.Of("INVITATION_ACCEPTED", 1, InvitationJson.Default.InvitationAccepted).VisibleTo(
            Permission.UsersManage, static _ => new InvitationPayload(), InvitationJson.Default.InvitationPayload),
        EventType.Of("INVITATION_WITHDRAWN", 1, InvitationJson.Default.InvitationWithdrawn).VisibleTo(
            Permission.UsersManage, static _ => new InvitationPayload(), InvitationJson.Default.InvitationPayload),
    ];
}

/// <summary>What leaves the system of an invitation's event: of each member, null where the event does not tell.</summary>
/// <param name="Email">Whom it was sent to.</param>
/// <param name="Role">What whoever joins will be.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
internal sealed record InvitationPayload(string? Email = null, Role? Role = null, DateTimeOffset? ExpiresAt = null);
