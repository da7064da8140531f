using Tms.Domain.Shared;

namespace Tms.Domain.Sessions;

/// <summary>The rules of sessions: one ends once, whoever asks again.</summary>
public sealed class SessionDecider() : Decider<Session, SessionCommand, SessionEvent>(Stream, "session", SessionJson.Default.Session)
{
    /// <summary>Kind of the streams of sessions.</summary>
    public const string Stream = "sessions";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly SessionDecider Instance = new();

    /// <inheritdoc />
    protected override Decision<SessionEvent> On(Session state, SessionCommand command, DateTimeOffset now) => command switch
    {
        EndSession when state.HasEnded => Decision.Nothing<SessionEvent>(),
        EndSession end => Decision.Of<SessionEvent>(new SessionEnded(end.UserId, end.Reason)),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Session Apply(Session state, SessionEvent e, EventFacts facts) => e switch
    {
        SessionEnded ended => state with { UserId = ended.UserId, Reason = ended.Reason, EndedAt = facts.At },
        _ => throw Decider.Unknown(e),
    };

    /// <inheritdoc />
    protected override bool IsCreated => false;
}
