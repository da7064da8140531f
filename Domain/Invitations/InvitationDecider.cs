using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>The rules of invitations: one holds seven days, for one address, once (contract, section 5).</summary>
public sealed class InvitationDecider()
    : Decider<Invitation, InvitationCommand, InvitationEvent>("invitations", "invitation", InvitationJson.Default.Invitation)
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly InvitationDecider Instance = new();

    /// <summary>2: says who invited.</summary>
    public override int SnapshotSchema => 2;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private static readonly Refusal Ended =
        Refusal.Invalid(
            "/invitationToken", InvitationCodes.InvalidInvitation,
            "The invitation has been used, taken back, or has expired: ask for a new one.");

    private static readonly Refusal Member = Refusal.State(
        InvitationCodes.AlreadyMember, "A user of the company has this address already.");

    private static readonly Refusal Full =
        Refusal.State(
            InvitationCodes.TooManyInvitations,
            "The company has too many open invitations: withdraw some, or wait until they are answered.");

    private static readonly Refusal NotInvited = Refusal.Invalid(
        "/email", InvitationCodes.EmailNotInvited, "The invitation was sent to another address.");

    /// <summary>All faults of an invitation; empty: none.</summary>
    /// <param name="email">Address of whoever is invited.</param>
    /// <param name="role">Role of whoever joins.</param>
    /// <param name="isToPlatform">Whether whoever joins belongs to the platform.</param>
    public static IReadOnlyList<Refusal> Check(string email, Role role, bool isToPlatform = false)
    {
        var faults = new Faults();
        faults.Email(Email.Normalise(email));
        faults.Unless(
            (role == Role.Admin) == isToPlatform, "role", UserCodes.RoleNotAllowed,
            "An ADMIN belongs to the platform, and everybody else to a company.");
        return faults.Found;
    }

    /// <inheritdoc />
    protected override Decision<InvitationEvent> On(Invitation state, InvitationCommand command, DateTimeOffset now) => command switch
    {
        InviteUser invite => Invite(invite, now),
        WithdrawInvitation => Withdraw(state),
        AcceptInvitation accept => Accept(state, accept, now),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Invitation Apply(Invitation state, InvitationEvent e, EventFacts facts) => e switch
    {
        UserInvited invited =>
            state with { Email = invited.Email, Role = invited.Role, InvitedBy = invited.InvitedBy, ExpiresAt = invited.ExpiresAt },
        // From now on the address is the user's, who may change it or be erased; or nobody's.
        InvitationAccepted => state with { Status = InvitationStatus.Accepted, Email = "" },
        InvitationWithdrawn => state with { Status = InvitationStatus.Withdrawn, Email = "" },
        _ => throw Decider.Unknown(e),
    };

    private static Decision<InvitationEvent> Invite(InviteUser command, DateTimeOffset now)
    {
        if (Check(command.Email, command.Role, command.IsToPlatform) is [_, ..] faults) return Decision.Refuse<InvitationEvent>(faults);
        if (command.By.MayDealWith(command.Role) is { } above) return Decision.Refuse<InvitationEvent>(above);

        if (command.IsFull) return Decision.Refuse<InvitationEvent>(Full);
        if (command.IsMember) return Decision.Refuse<InvitationEvent>(Member);
        if (command.NotYet is { } notYet) return Decision.Refuse<InvitationEvent>(notYet);

        return Decision.Of<InvitationEvent>(
            new UserInvited(command.CompanyId, Email.Normalise(command.Email), command.Role, command.By.UserId, now + Lifetime));
    }

    private static Decision<InvitationEvent> Withdraw(Invitation state) => state.Status switch
    {
        InvitationStatus.Open =>
            new Decision<InvitationEvent>.Accepted([new InvitationWithdrawn()]) { Secrets = [new(state.Id, UserSecrets.PersonKey, null)] },
        InvitationStatus.Withdrawn => Decision.Nothing<InvitationEvent>(),
        _ =>
            Decision.Refuse<InvitationEvent>(Refusal.State(
                InvitationCodes.InvitationAccepted, "Somebody has joined with this invitation: deactivate that user instead.")),
    };

    private static Decision<InvitationEvent> Accept(Invitation state, AcceptInvitation command, DateTimeOffset now)
    {
        if (state.Status != InvitationStatus.Open || now >= state.ExpiresAt || !MayStillInvite(command.Inviter, state.Role))
            return Decision.Refuse<InvitationEvent>(Ended);
        if (UserRules.Check(command.Person) is [_, ..] faults) return Decision.Refuse<InvitationEvent>(faults);
        if (Email.Normalise(command.Person.Email) != state.Email) return Decision.Refuse<InvitationEvent>(NotInvited);

        var user = Registration.Of(
            state.Id, state.Role == Role.Admin ? null : command.CompanyId, state.Role, command.Person, command.PasswordHash, isShown: true);
        return new Decision<InvitationEvent>.Accepted([new InvitationAccepted()])
        {
            Related = [new RelatedEvents(UserDecider.Instance.StreamType, state.Id, [user.Event]), .. Rest(command.Inviter!)],
            Unique = [user.Unique],
            Secrets = [user.Secret],
        };
    }

    // An invitation is worth what whoever wrote it may do now, and ends with the right that made it.
    private static bool MayStillInvite(Inviter? inviter, Role role) =>
        inviter is { By: var by } && by.Role.May(Permission.UsersManage) && by.MayDealWith(role) is null;

    private static RelatedEvents[] Rest(Inviter inviter) =>
        inviter.Version > 0 ? [RelatedEvents.RestOn(UserDecider.Instance.StreamType, inviter.By.UserId, inviter.Version)] : [];
}
