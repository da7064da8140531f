using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>
/// The rules of users. What they may log in with is in <see cref="UserCredentials"/>, what others may do to them in
/// <see cref="UserAccess"/>.
/// </summary>
public sealed class UserDecider() : Decider<User, UserCommand, UserEvent>("users", "user", UserJson.Default.User)
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly UserDecider Instance = new();

    /// <summary>2: what was mailed before a recovery has ended, and a session may go on.</summary>
    public override int SnapshotSchema => 2;

    /// <inheritdoc />
    protected override Decision<UserEvent> On(User state, UserCommand command, DateTimeOffset now) => command switch
    {
        RegisterUser register => Register(register),
        EraseUser erase => UserAccess.Erase(state, erase),
        _ when state.IsErased => Decision.Refuse<UserEvent>(Erased),
        UpdateProfile update => Update(state, update),
        ChangeRole change => UserAccess.ChangeRole(state, change),
        SetActive set => UserAccess.SetActive(state, set),
        ResetSecondFactor reset => UserAccess.ResetSecondFactor(state, reset.By),
        EndSessions end => UserAccess.EndSessions(state, end.By),
        ReleaseEmail => UserCredentials.ReleaseEmail(state),
        _ when !state.IsActive => Decision.Refuse<UserEvent>(Inactive),
        ChangePassword change => UserCredentials.ChangePassword(state, change),
        RequestPasswordReset => UserCredentials.RequestPasswordReset(state, now),
        ResetPassword reset => UserCredentials.ResetPassword(state, reset, now),
        RequestEmailChange request => UserCredentials.RequestEmailChange(state, request.Email, now),
        ConfirmEmailChange confirm => UserCredentials.ConfirmEmailChange(state, confirm.Request, now),
        EnableSecondFactor enable => UserCredentials.EnableSecondFactor(state, enable),
        DisableSecondFactor => UserCredentials.DisableSecondFactor(state),
        UseRecoveryCode use => UserCredentials.UseRecoveryCode(state, use),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override User Apply(User state, UserEvent e, EventFacts facts) => e switch
    {
        UserRegistered r => state with
        {
            CompanyId = r.CompanyId,
            Role = r.Role,
            Email = r.Email,
            IsEmailShown = r.IsEmailShown,
            FirstName = r.FirstName,
            LastName = r.LastName,
        },
        UserUpdated u => state with { FirstName = u.FirstName, LastName = u.LastName, Phone = u.Phone, Address = u.Address },
        UserRoleChanged changed => state with { Role = changed.Role },
        UserStatusChanged changed =>
            UserCredentials.Recovered(state, facts, ends: !changed.IsActive) with { IsDeactivated = !changed.IsActive },
        UserErased => new User { CompanyId = state.CompanyId, Role = state.Role, IsErased = true },
        _ => UserCredentials.Apply(state, e, facts),
    };

    private static Refusal Erased { get; } = Refusal.State(UserCodes.UserErased, "This person's data have been erased.");

    private static Refusal Inactive { get; } = Refusal.State(UserCodes.UserInactive, "This user is not active.");

    /// <inheritdoc />
    protected override Decision<UserEvent> Again(User state, UserCommand command, DateTimeOffset now) =>
        command is RegisterUser register
        && Of(register).Event == new UserRegistered(state.CompanyId, state.Role, state.Email, state.FirstName, state.LastName)
            ? Decision.Nothing<UserEvent>()
            : AlreadyExists();

    private static Decision<UserEvent> Register(RegisterUser command)
    {
        if (UserRules.Check(command.Person) is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);
        if (UserAccess.WrongHome(command.CompanyId, command.Role) is { } wrong) return Decision.Refuse<UserEvent>(wrong);

        var user = Of(command);
        return new Decision<UserEvent>.Accepted([user.Event]) { Unique = [user.Unique], Secrets = [user.Secret] };
    }

    private static Registration Of(RegisterUser command) =>
        Registration.Of(command.UserId, command.CompanyId, command.Role, command.Person, command.PasswordHash);

    private static Decision<UserEvent> Update(User state, UpdateProfile command)
    {
        if (UserRules.Check(command) is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);

        var updated = new UserUpdated(command.FirstName, command.LastName, command.Phone, command.Address);
        return updated == new UserUpdated(state.FirstName, state.LastName, state.Phone, state.Address)
            ? Decision.Nothing<UserEvent>()
            : Decision.Of<UserEvent>(updated);
    }
}
