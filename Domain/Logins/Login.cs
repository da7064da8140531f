using Tms.Domain.Shared;

namespace Tms.Domain.Logins;

/// <summary>A user's logins as their rules need them. Their log is that of the user's tenant, and their id the user's.</summary>
public sealed record Login : AggregateState
{
    /// <summary>When the user last logged in, UTC; null: never.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Until when nobody logs in, UTC; null: nothing is locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The last time step (RFC 6238) of a second factor's code that was used; 0: none.</summary>
    public long LastStep { get; init; }

    /// <summary>Whether nobody logs in at a time.</summary>
    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;
}
