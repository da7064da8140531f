using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Logins;

/// <summary>The events of logins by stable name. They concern one person: nobody else sees them.</summary>
internal static class LoginEventTypes
{
    private static readonly Audience Themselves = Audience.Person(Permission.OwnProfile);

    public static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of("USER_LOGIN", 1, LoginJson.Default.UserLoggedIn).VisibleTo(
            Themselves, static e => new LoginPayload(e.SessionId), LoginJson.Default.LoginPayload),
        EventType.Of("USER_LOGIN_FAILED", 1, LoginJson.Default.UserLoginFailed).VisibleTo(
            Themselves, static e => new LoginFailedPayload(e.Failures, e.LockedUntil), LoginJson.Default.LoginFailedPayload),
    ];
}
