using Tms.Domain.Shared;

namespace Tms.Domain.Logins;

/// <summary>The events of logins by stable name: they concern one person, so no company sees them.</summary>
internal static class LoginEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of("USER_LOGIN", 1, LoginJson.Default.UserLoggedIn),
        EventType.Of("USER_LOGIN_FAILED", 1, LoginJson.Default.UserLoginFailed),
    ];
}
