using Tms.Domain.Shared;

namespace Tms.Domain.Sessions;

/// <summary>The events of sessions by stable name: nodes follow them, nobody sees them.</summary>
public static class SessionEventTypes
{
    /// <summary>Name of the event that ends a session; its stream is named after the session.</summary>
    public const string Ended = "SESSION_ENDED";

    internal static IReadOnlyList<EventType> All { get; } = [EventType.Of(Ended, 1, SessionJson.Default.SessionEnded)];
}
