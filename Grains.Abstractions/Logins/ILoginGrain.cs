using Tms.Domain.Logins;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Logins;

/// <summary>The logins of one user, in the log of the user's own tenant; the id is the user's.</summary>
/// <remarks>
/// An address that nobody has is counted under an id derived from it, so that trying it costs what trying any other costs; nothing of it is
/// ever stored.
/// </remarks>
[Alias("tms.logins")]
public interface ILoginGrain : IAggregateGrain<LoginCommand, LoginView>
{
    /// <summary>Whether nobody logs in now, whatever is shown.</summary>
    [Alias("IsLocked")]
    Task<bool> IsLocked();

    /// <summary>Counts an attempt that failed; the fifth in a row locks, from the answer on. While locked, nothing is counted.</summary>
    /// <returns>Whether this attempt has locked.</returns>
    [Alias("Fail")]
    Task<bool> Fail(FailedLogin attempt);

    /// <summary>Stores a login, and forgets the failures before it. A lock that is not stored yet is stored first, and refuses.</summary>
    [Alias("Succeed")]
    Task<Outcome<LoginView>> Succeed(Succeed command, CommandContext context);

    /// <summary>Stores a lock that so far only the grain's memory holds: the grain asks this of itself.</summary>
    [Alias("StoreLock")]
    Task StoreLock();
}

/// <summary>An attempt to log in that failed.</summary>
/// <param name="IsUser">Whether there is such a user; else nothing is stored.</param>
/// <param name="Context">The attempt's own command: a lock that it brings about is stored under it.</param>
[GenerateSerializer, Immutable, Alias("tms.logins.failed")]
public sealed record FailedLogin([property: Id(0)] bool IsUser, [property: Id(1)] CommandContext Context);

/// <summary>A user's logins as callers see them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="LastLoginAt">When the user last logged in, UTC; null: never.</param>
/// <param name="LockedUntil">Until when nobody logs in, UTC; null, or past: nothing is locked.</param>
/// <param name="Version">Number of events.</param>
/// <param name="LastStep">The last time step (RFC 6238) of a second factor's code that a login used; 0: none.</param>
[GenerateSerializer, Immutable, Alias("tms.logins.view")]
public sealed record LoginView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset? LastLoginAt,
    [property: Id(2)] DateTimeOffset? LockedUntil,
    [property: Id(3)] int Version,
    [property: Id(4)] long LastStep = 0);
