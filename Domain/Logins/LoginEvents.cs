namespace Tms.Domain.Logins;

/// <summary>What has happened to a user's logins.</summary>
public abstract record LoginEvent;

/// <summary>USER_LOGIN.</summary>
/// <param name="SessionId">The session that began.</param>
/// <param name="Step">Time step of the second factor's code; null where none was needed.</param>
public sealed record UserLoggedIn(Guid SessionId, long? Step) : LoginEvent;

/// <summary>USER_LOGIN_FAILED: so many failed in a row that nobody logs in for a while. One event for each such while.</summary>
/// <param name="Failures">How many.</param>
/// <param name="LockedUntil">Until when, UTC.</param>
public sealed record UserLoginFailed(int Failures, DateTimeOffset LockedUntil) : LoginEvent;
