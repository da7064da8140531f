using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Sessions;

/// <summary>The rules of sessions: one ends once, whoever asks again.</summary>
public sealed class SessionDecider : IDecider<Session, SessionCommand, SessionEvent>
{
    /// <summary>Kind of the streams of sessions.</summary>
    public const string Stream = "sessions";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly SessionDecider Instance = new();

    private SessionDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => Stream;

    /// <inheritdoc />
    public Session Initial => Session.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<Session> SnapshotJson => SessionJson.Default.Session;

    /// <inheritdoc />
    public Decision<SessionEvent> Decide(Session state, SessionCommand command, DateTimeOffset now) => command switch
    {
        EndSession when state.HasEnded => Decision.Nothing<SessionEvent>(),
        EndSession end => Decision.Of<SessionEvent>(new SessionEnded(end.UserId, end.Reason)),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of a session."),
    };

    /// <inheritdoc />
    public Session Evolve(Session state, SessionEvent e, EventFacts facts) => e switch
    {
        SessionEnded ended => state with { Id = facts.StreamId, UserId = ended.UserId, Reason = ended.Reason, EndedAt = facts.At, Version = facts.Version },
        _ => state with { Version = facts.Version },
    };
}
