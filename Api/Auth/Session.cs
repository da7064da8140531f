using Tms.EventStore;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>A user's login that lasts, as long as it is refreshed within 30 days, and 180 days at most.</summary>
/// <param name="Id">The family of its refresh tokens; the access tokens' <c>sid</c>.</param>
/// <param name="Tenant">The user's tenant.</param>
/// <param name="User">The user.</param>
/// <param name="UserVersion">The user's version when it began.</param>
/// <param name="RefreshToken">The token to refresh with next; told once, kept as a hash.</param>
public sealed record Session(Guid Id, TenantId Tenant, Guid User, int UserVersion, string RefreshToken)
{
    /// <summary>Whether the user's sessions of its time go on.</summary>
    public bool GoesOnFor(UserView user) => UserVersion >= user.SessionsFrom || Id == user.SessionKept;
}

/// <summary>A refresh token that somebody shows, and what is kept of it.</summary>
/// <param name="Session">Its session; the token in it is the one shown.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
/// <param name="IsReplaced">Whether it was exchanged for its successor.</param>
/// <param name="BegunAt">When the session began, UTC.</param>
public sealed record ShownToken(Session Session, DateTimeOffset ExpiresAt, bool IsReplaced, DateTimeOffset BegunAt)
{
    /// <summary>Whether neither the token nor its session is too old.</summary>
    public bool IsCurrent(DateTimeOffset now) => ExpiresAt > now && BegunAt + Sessions.LongestLife > now;
}
