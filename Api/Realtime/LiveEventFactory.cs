using Tms.Api.Events;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>Makes events of the log ready to be sent.</summary>
internal sealed class LiveEventFactory(EventCatalog catalog, IEventOpener opener, LiveMetrics metrics, ILogger<LiveEventFactory> log)
{
    /// <summary>The event for connections. Hidden when its type has no audience, is newer than this program, or cannot be read.</summary>
    public LiveEvent Make(DeliveredEvent e)
    {
        if (catalog.Find(e.Type) is not { Audience: { } audience } type)
        {
            return LiveEvent.Hidden(e.Sequence);
        }

        return type.PersonalMembers.Count > 0 ? LiveEvent.Sealed(e, audience) : Make(e, type, audience);
    }

    /// <summary>An event that tells of a person with its message, to be sent now and not kept; hidden when it cannot be read.</summary>
    /// <exception cref="StoreUnavailableException">The person's key could not be read.</exception>
    public async ValueTask<LiveEvent> Open(LiveEvent e, CancellationToken cancel)
    {
        var stored = e.Stored!;
        var type = catalog.Find(stored.Type)!;
        try
        {
            var opened = Make(stored with { Data = await opener.Open(new(stored.Tenant), stored.StreamId, stored.Id, stored.Data, cancel) }, type, type.Audience!.Value);
            opened.Trace = e.Trace;
            return opened;
        }
        catch (InvalidDataException unreadable)
        {
            return Unreadable(stored, unreadable);
        }
    }

    private LiveEvent Make(DeliveredEvent e, EventType type, Permission audience)
    {
        try
        {
            return LiveEvent.Visible(e.Sequence, audience, EventEnvelope.Encode(e, type), LegacyEventNames.For(e.Type));
        }
        catch (Exception unreadable)
        {
            // One event that cannot be shown must not end the delivery of all that follow it.
            return Unreadable(e, unreadable);
        }
    }

    private LiveEvent Unreadable(DeliveredEvent e, Exception unreadable)
    {
        metrics.Unreadable(e.Type);
        log.Unreadable(unreadable, e.Type, e.SchemaVersion, e.Id);
        return LiveEvent.Hidden(e.Sequence);
    }
}
