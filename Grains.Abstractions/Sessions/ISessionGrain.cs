using Tms.Domain.Sessions;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Sessions;

/// <summary>One session. It belongs to the platform, whoever its user is: every node follows the platform's log.</summary>
[Alias("tms.sessions")]
public interface ISessionGrain : IAggregateGrain<SessionCommand, SessionView>;

/// <summary>A session that has ended.</summary>
/// <param name="Id">The family of its refresh tokens.</param>
/// <param name="UserId">Whose it was.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="EndedAt">When, UTC.</param>
[GenerateSerializer, Immutable, Alias("tms.sessions.view")]
public sealed record SessionView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid UserId,
    [property: Id(2)] SessionEnd Reason,
    [property: Id(3)] DateTimeOffset EndedAt);
