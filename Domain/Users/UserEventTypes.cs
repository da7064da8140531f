using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>The events of users by stable name: whoever manages users sees them, but for what is between a user and the mail.</summary>
internal static class UserEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        Shown(
            "USER_REGISTERED", UserJson.Default.UserRegistered,
            static e => new() { FirstName = e.FirstName, LastName = e.LastName, Email = e.Email, Role = e.Role }),
        Shown("USER_UPDATED", UserJson.Default.UserUpdated, static e => new() { FirstName = e.FirstName, LastName = e.LastName }),
        Shown("USER_ROLE_CHANGED", UserJson.Default.UserRoleChanged, static e => new() { Role = e.Role }),
        Shown("USER_STATUS_CHANGED", UserJson.Default.UserStatusChanged, static e => new() { IsActive = e.IsActive }),
        Shown("USER_PASSWORD_CHANGED", UserJson.Default.UserPasswordChanged, static _ => new()),
        EventType.Of("USER_PASSWORD_RESET_REQUESTED", 1, UserJson.Default.UserPasswordResetRequested),
        EventType.Of("USER_EMAIL_CHANGE_REQUESTED", 1, UserJson.Default.UserEmailChangeRequested),
        Shown("USER_EMAIL_CHANGED", UserJson.Default.UserEmailChanged, static e => new() { Email = e.Email }),
        Shown("USER_SECOND_FACTOR_ENABLED", UserJson.Default.UserSecondFactorEnabled, static _ => new()),
        Shown("USER_SECOND_FACTOR_DISABLED", UserJson.Default.UserSecondFactorDisabled, static _ => new()),
        EventType.Of("USER_RECOVERY_CODE_USED", 1, UserJson.Default.UserRecoveryCodeUsed),
        Shown("USER_SESSIONS_ENDED", UserJson.Default.UserSessionsEnded, static _ => new()),
        Shown("USER_ERASED", UserJson.Default.UserErased, static _ => new()),
    ];

    private static EventType<T> Shown<T>(string name, JsonTypeInfo<T> json, Func<T, UserPayload> payload)
        where T : UserEvent =>
        EventType.Of(name, 1, json).VisibleTo(Permission.UsersManage, payload, UserJson.Default.UserPayload);
}

/// <summary>What leaves the system of a user's event: of each member, null where the event does not tell.</summary>
internal sealed record UserPayload
{
    /// <summary>Given name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    public string? LastName { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>What the user is.</summary>
    public Role? Role { get; init; }

    /// <summary>Whether the user may log in.</summary>
    public bool? IsActive { get; init; }
}
