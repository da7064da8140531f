using Tms.Domain.Shared;

namespace Tms.Domain.Sessions;

/// <summary>A login that lasts, as the log knows it: only whether it has ended. Its refresh tokens are kept beside the log.</summary>
public sealed record Session : AggregateState
{
    /// <summary>Whose it was.</summary>
    public Guid UserId { get; init; }

    /// <summary>Why it ended.</summary>
    public SessionEnd Reason { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Whether it has ended: for good.</summary>
    public bool HasEnded => Version > 0;
}
