using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>Makes events of the log ready to be sent.</summary>
internal sealed class LiveEventFactory(EventCatalog catalog, IEventOpener opener, LiveMetrics metrics, ILogger<LiveEventFactory> log)
{
    /// <summary>The event for connections, with the log's hash after it.</summary>
    public LiveEvent Make(DeliveredEvent e, ReadOnlySpan<byte> hash)
    {
        var made = Make(e);
        made.Mark = LogPoint.MarkOf(hash);
        return made;
    }

    /// <summary>The event for connections. Hidden when its type has no audience, is newer than this program, or cannot be read.</summary>
    private LiveEvent Make(DeliveredEvent e)
    {
        if (catalog.Find(e.Type) is not { Audience: not null } type) return LiveEvent.Hidden(e.Sequence);
        return Shown(e, () => type.Persons.HasMarked ? LiveEvent.Sealed(e, GroundsOf(e, type)) : Visible(e, type, GroundsOf(e, type)));
    }

    /// <summary>An event that tells of a person with its message, to be sent now and not kept; hidden when it cannot be read.</summary>
    /// <exception cref="StoreUnavailableException">The person's key could not be read.</exception>
    public async ValueTask<LiveEvent> Open(LiveEvent e, CancellationToken cancel)
    {
        var stored = e.Stored!;
        var type = catalog.Find(stored.Type)!;
        try
        {
            var data = await opener.Open(new(stored.Tenant), stored.StreamId, stored.Id, stored.Data, cancel);
            var opened = Shown(stored, () => Visible(stored with { Data = data }, type, e.Grounds));
            opened.Trace = e.Trace;
            return opened;
        }
        catch (InvalidDataException unreadable)
        {
            return Unreadable(stored, unreadable);
        }
    }

    private LiveEvent Shown(DeliveredEvent e, Func<LiveEvent> make)
    {
        try
        {
            return make();
        }
        catch (Exception unreadable)
        {
            // One event that cannot be shown must not end the delivery of all that follow it.
            return Unreadable(e, unreadable);
        }
    }

    private static IReadOnlyList<Ground> GroundsOf(DeliveredEvent e, EventType type) =>
        type.SeenBy(e.StreamId, e.Data.Span, e.SchemaVersion);

    private static LiveEvent Visible(DeliveredEvent e, EventType type, IReadOnlyList<Ground> grounds) =>
        LiveEvent.Visible(e.Sequence, grounds, EventEnvelope.Encode(e, type), LegacyEventNames.For(e.Type));

    private LiveEvent Unreadable(DeliveredEvent e, Exception unreadable)
    {
        metrics.Unreadable(e.Type);
        log.Unreadable(unreadable, e.Type, e.SchemaVersion, e.Id);
        return LiveEvent.Hidden(e.Sequence);
    }
}
