using Tms.Domain.Access;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>
/// What others may do to a user: never above their own role, and never to themselves, so that whoever runs a company cannot lock it.
/// </summary>
internal static class UserAccess
{
    private static readonly Refusal OwnRole = Refusal.State(UserCodes.OwnRole, "Nobody changes the own role: ask somebody else who may.");

    private static readonly Refusal OwnStatus = Refusal.State(
        UserCodes.OwnStatus, "Nobody activates or deactivates the own user: ask somebody else who may.");

    private static readonly Refusal OwnFactor = Refusal.State(
        UserCodes.OwnSecondFactor, "Give up your own second factor with your password and a code.");

    private static readonly Refusal OwnData = Refusal.State(UserCodes.OwnAccount, "Nobody erases the own user: ask somebody else who may.");

    private static readonly Refusal LastLeader =
        Refusal.State(
            UserCodes.LastLeader, "A company keeps an active HOVEDBRUKER, and the platform an active ADMIN: make somebody else one first.");

    private static readonly Refusal Home = Refusal.Invalid(
        "/role", UserCodes.RoleNotAllowed, "An ADMIN belongs to the platform, and everybody else to a company.");

    /// <summary>Why a role does not go with where a user belongs; null: it does.</summary>
    public static Refusal? WrongHome(Guid? company, Role role) => company is null == (role == Role.Admin) ? null : Home;

    public static Decision<UserEvent> ChangeRole(User state, ChangeRole command)
    {
        var (role, by) = (command.Role, command.By);
        if (WrongHome(state.CompanyId, role) is { } wrong) return Decision.Refuse<UserEvent>(wrong);
        if ((MayNot(state, by, OwnRole) ?? by.MayDealWith(role)) is { } fault) return Decision.Refuse<UserEvent>(fault);

        return state.Role == role
            ? Decision.Nothing<UserEvent>()
            : Leading(state, command, command.Remaining, Noticed(state, new UserRoleChanged(role)));
    }

    public static Decision<UserEvent> SetActive(User state, SetActive command)
    {
        if (MayNot(state, command.By, OwnStatus) is { } fault) return Decision.Refuse<UserEvent>(fault);

        return state.IsActive == command.IsActive
            ? Decision.Nothing<UserEvent>()
            : Leading(state, command, command.Remaining, Noticed(state, new UserStatusChanged(command.IsActive)));
    }

    /// <summary>Users themselves give the second factor up with password and code (<see cref="UserCredentials"/>).</summary>
    public static Decision<UserEvent> ResetSecondFactor(User state, Actor by) => MayNot(state, by, OwnFactor) is { } fault
        ? Decision.Refuse<UserEvent>(fault)
        : UserCredentials.DisableSecondFactor(state);

    public static Decision<UserEvent> EndSessions(User state, Actor by) => by.MayDealWith(state.Role) is { } fault
        ? Decision.Refuse<UserEvent>(fault)
        : Noticed(state, new UserSessionsEnded());

    public static Decision<UserEvent> Erase(User state, EraseUser command)
    {
        if (MayNot(state, command.By, OwnData) is { } fault) return Decision.Refuse<UserEvent>(fault);
        if (state.IsErased) return Decision.Nothing<UserEvent>();

        return Leading(state, command, command.Remaining, Noticed(state, new UserErased()) with
        {
            Released = [Registration.UniqueOf(state.Email, state.Id)],
            Secrets = [.. UserSecrets.All.Select(kind => new SecretValue(state.Id, kind, null))],
        });
    }

    // Two leaders who take each other's rights at once both rest on the other: one of them is decided anew, and refused.
    private static Decision<UserEvent> Leading(User state, UserCommand command, Leader? remaining, Decision<UserEvent>.Accepted decided) =>
        !Leader.IsLostBy(state, command) ? decided
        : remaining is null ? Decision.Refuse<UserEvent>(LastLeader)
        : decided with { Related = [remaining.Rest()] };

    private static Refusal? MayNot(User state, Actor by, Refusal own) => by.UserId == state.Id ? own : by.MayDealWith(state.Role);

    /// <summary>An event that every node must learn at once.</summary>
    internal static Decision<UserEvent>.Accepted Noticed(User state, UserEvent e) =>
        new([e]) { Notices = [new UserAccessChanged(state.Id, state.Version + 1)] };
}
