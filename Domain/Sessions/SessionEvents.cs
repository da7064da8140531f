namespace Tms.Domain.Sessions;

/// <summary>What has happened to a session.</summary>
public abstract record SessionEvent;

/// <summary>SESSION_ENDED: from here on none of its tokens holds.</summary>
/// <param name="UserId">Whose it was.</param>
/// <param name="Reason">Why.</param>
public sealed record SessionEnded(Guid UserId, SessionEnd Reason) : SessionEvent;
