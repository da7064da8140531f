using Tms.Api.Events;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>Makes events of the log ready to be sent.</summary>
internal sealed class LiveEventFactory(EventCatalog catalog, LiveMetrics metrics, ILogger<LiveEventFactory> log)
{
    /// <summary>The event for connections. Hidden when its type has no audience, is newer than this program, or cannot be read.</summary>
    public LiveEvent Make(DeliveredEvent e)
    {
        if (catalog.Find(e.Type) is not { Audience: { } audience } type)
        {
            return LiveEvent.Hidden(e.Sequence);
        }

        try
        {
            return LiveEvent.Visible(e.Sequence, audience, EventEnvelope.Encode(e, type), LegacyEventNames.For(e.Type));
        }
        catch (Exception unreadable)
        {
            // One event that cannot be shown must not end the delivery of all that follow it.
            metrics.Unreadable(e.Type);
            log.Unreadable(unreadable, e.Type, e.SchemaVersion, e.Id);
            return LiveEvent.Hidden(e.Sequence);
        }
    }
}
