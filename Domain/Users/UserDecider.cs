using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>The rules of users.</summary>
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
        UpdateProfile update => Update(state, update),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of a user."),
    };

    /// <inheritdoc />
    public User Evolve(User state, UserEvent e, EventFacts facts) => Apply(state, e) with
    {
        Id = facts.StreamId,
        Version = facts.Version,
        CreatedAt = state.Exists ? state.CreatedAt : facts.At,
        UpdatedAt = facts.At,
    };

    private static User Apply(User state, UserEvent e) => e switch
    {
        UserRegistered r => state with { CompanyId = r.CompanyId, Role = r.Role, Email = r.Email, FirstName = r.FirstName, LastName = r.LastName },
        UserUpdated u => state with { FirstName = u.FirstName, LastName = u.LastName, Phone = u.Phone, Address = u.Address },
        _ => state,
    };

    private static Decision<UserEvent> Register(User state, RegisterUser command)
    {
        if (UserRules.Check(command.Person) is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);
        if (command.CompanyId is null != (command.Role == Role.Admin)) return Decision.Refuse<UserEvent>(WrongHome);
        var user = Registration.Of(command.UserId, command.CompanyId, command.Role, command.Person, command.PasswordHash);
        if (state.Exists) return Again(state, user.Event);
        return new Decision<UserEvent>.Accepted([user.Event]) { Unique = [user.Unique], Secrets = [user.Secret] };
    }

    private static Refusal WrongHome { get; } =
        Refusal.Invalid("/role", "role_not_allowed", "An ADMIN belongs to the platform, and everybody else to a company.");

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
