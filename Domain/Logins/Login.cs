using System.Text.Json.Serialization;

namespace Tms.Domain.Logins;

/// <summary>A user's logins as their rules need them. Their log is that of the user's tenant, and their id the user's.</summary>
public sealed record Login
{
    /// <summary>Before the first event.</summary>
    public static readonly Login Initial = new();

    /// <summary>The user's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events.</summary>
    public int Version { get; init; }

    /// <summary>When the user last logged in, UTC; null: never.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Until when nobody logs in, UTC; null: nothing is locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The last time step (RFC 6238) of a second factor's code that was used; 0: none.</summary>
    public long LastStep { get; init; }

    /// <summary>Whether nobody logs in at a time.</summary>
    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;

    /// <summary>Whether there is any event.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;
}
