using System.Collections.Frozen;
using Tms.Domain.Sessions;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>Which events of the platform's log revoke what. One more kind of revocation is one more line here.</summary>
internal static class RevokingEvents
{
    private static readonly FrozenDictionary<string, Action<RecentRevocations, RecordedEvent>> Effects = new Dictionary<string, Action<RecentRevocations, RecordedEvent>>
    {
        [SessionEventTypes.Ended] = static (known, e) => known.End(e.Stream.Id, e.Time),
    }.ToFrozenDictionary();

    /// <summary>Notes what an event revokes, if anything.</summary>
    public static void Apply(RecordedEvent e, RecentRevocations known)
    {
        if (Effects.TryGetValue(e.Type, out var effect)) effect(known, e);
    }
}
