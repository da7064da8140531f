namespace Tms.Domain.Logins;

/// <summary>Public payload of USER_LOGIN.</summary>
/// <param name="SessionId">The session that began, as the list of the person's sessions names it.</param>
internal sealed record LoginPayload(Guid SessionId);

/// <summary>Public payload of USER_LOGIN_FAILED.</summary>
/// <param name="Failures">How many attempts failed in a row.</param>
/// <param name="LockedUntil">Until when nobody logs in, UTC.</param>
internal sealed record LoginFailedPayload(int Failures, DateTimeOffset LockedUntil);
