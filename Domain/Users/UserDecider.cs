using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>The rules of users. What they may log in with is in <see cref="UserCredentials"/>, what others may do to them in <see cref="UserAccess"/>.</summary>
public sealed class UserDecider : IDecider<User, UserCommand, UserEvent>
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly UserDecider Instance = new();

    private UserDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => "users";

    /// <inheritdoc />
    public User Initial => User.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<User> SnapshotJson => UserJson.Default.User;

    /// <inheritdoc />
    public Decision<UserEvent> Decide(User state, UserCommand command, DateTimeOffset now) => command switch
    {
        RegisterUser register => Register(state, register),
        _ when !state.Exists => Decision.Refuse<UserEvent>(Refusal.NotFound("user")),
        EraseUser erase => UserAccess.Erase(state, erase.By),
        _ when state.IsErased => Decision.Refuse<UserEvent>(Erased),
        UpdateProfile update => Update(state, update),
        ChangeRole change => UserAccess.ChangeRole(state, change.Role, change.By),
        SetActive set => UserAccess.SetActive(state, set.IsActive, set.By),
        ResetSecondFactor reset => UserAccess.ResetSecondFactor(state, reset.By),
        EndSessions end => UserAccess.EndSessions(state, end.By),
        _ when !state.IsActive => Decision.Refuse<UserEvent>(Inactive),
        ChangePassword change => UserCredentials.ChangePassword(state, change.PasswordHash),
        RequestPasswordReset => UserCredentials.RequestPasswordReset(state, now),
        ResetPassword reset => UserCredentials.ResetPassword(state, reset, now),
        RequestEmailChange request => UserCredentials.RequestEmailChange(state, request.Email, now),
        ConfirmEmailChange confirm => UserCredentials.ConfirmEmailChange(state, confirm.Request, now),
        EnableSecondFactor enable => UserCredentials.EnableSecondFactor(state, enable),
        DisableSecondFactor => UserCredentials.DisableSecondFactor(state),
        UseRecoveryCode use => UserCredentials.UseRecoveryCode(state, use),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of a user."),
    };

    /// <inheritdoc />
    public User Evolve(User state, UserEvent e, EventFacts facts) => Apply(state, e, facts) with
    {
        Id = facts.StreamId,
        Version = facts.Version,
        CreatedAt = state.Exists ? state.CreatedAt : facts.At,
        UpdatedAt = facts.At,
    };

    private static User Apply(User state, UserEvent e, EventFacts facts) => e switch
    {
        UserRegistered r => state with { CompanyId = r.CompanyId, Role = r.Role, Email = r.Email, FirstName = r.FirstName, LastName = r.LastName },
        UserUpdated u => state with { FirstName = u.FirstName, LastName = u.LastName, Phone = u.Phone, Address = u.Address },
        UserRoleChanged changed => state with { Role = changed.Role },
        UserStatusChanged changed => state with { IsDeactivated = !changed.IsActive },
        UserErased => new User { CompanyId = state.CompanyId, Role = state.Role, IsErased = true },
        _ => UserCredentials.Apply(state, e, facts),
    };

    private static Refusal Erased { get; } = Refusal.State("user_erased", "This person's data have been erased.");

    private static Refusal Inactive { get; } = Refusal.State("user_inactive", "This user is not active.");

    private static Decision<UserEvent> Register(User state, RegisterUser command)
    {
        if (UserRules.Check(command.Person) is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);
        if (UserAccess.WrongHome(command.CompanyId, command.Role) is { } wrong) return Decision.Refuse<UserEvent>(wrong);

        var user = Registration.Of(command.UserId, command.CompanyId, command.Role, command.Person, command.PasswordHash);
        if (state.Exists) return Again(state, user.Event);

        return new Decision<UserEvent>.Accepted([user.Event]) { Unique = [user.Unique], Secrets = [user.Secret] };
    }

    private static Decision<UserEvent> Again(User state, UserRegistered registered) =>
        registered == new UserRegistered(state.CompanyId, state.Role, state.Email, state.FirstName, state.LastName)
            ? Decision.Nothing<UserEvent>()
            : Decision.Refuse<UserEvent>(Refusal.State("already_exists", "There is another user with this id."));

    private static Decision<UserEvent> Update(User state, UpdateProfile command)
    {
        if (UserRules.Check(command) is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);

        var updated = new UserUpdated(command.FirstName, command.LastName, command.Phone, command.Address);
        return updated == new UserUpdated(state.FirstName, state.LastName, state.Phone, state.Address)
            ? Decision.Nothing<UserEvent>()
            : Decision.Of<UserEvent>(updated);
    }
}
