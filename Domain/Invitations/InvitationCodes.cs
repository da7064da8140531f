namespace Tms.Domain.Invitations;

/// <summary>Codes that the rules of invitations answer with. Never renamed.</summary>
public static class InvitationCodes
{
    /// <summary>422: an invitation that was used or withdrawn, has expired, or a token of none.</summary>
    public const string InvalidInvitation = "invalid_invitation";

    /// <summary>422: the invitation was sent to another address.</summary>
    public const string EmailNotInvited = "email_not_invited";

    /// <summary>409: a user of the company has the invited address already.</summary>
    public const string AlreadyMember = "already_member";

    /// <summary>409: the company has as many open invitations as it may have.</summary>
    public const string TooManyInvitations = "too_many_invitations";

    /// <summary>409: somebody has joined with the invitation; it cannot be withdrawn.</summary>
    public const string InvitationAccepted = "invitation_accepted";
}
