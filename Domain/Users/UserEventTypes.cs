using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>The events of users by stable name: whoever manages users sees them.</summary>
internal static class UserEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of("USER_REGISTERED", 1, UserJson.Default.UserRegistered).VisibleTo(
            Permission.UsersManage,
            static e => new UserPayload(e.FirstName, e.LastName, e.Email, e.Role),
            UserJson.Default.UserPayload),
        EventType.Of("USER_UPDATED", 1, UserJson.Default.UserUpdated).VisibleTo(
            Permission.UsersManage,
            static e => new UserPayload(e.FirstName, e.LastName),
            UserJson.Default.UserPayload),
    ];
}

/// <summary>What leaves the system of a user's event.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Email">Null where the event does not tell.</param>
/// <param name="Role">Null where the event does not tell.</param>
internal sealed record UserPayload(string FirstName, string LastName, string? Email = null, Role? Role = null);
