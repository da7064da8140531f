using Tms.EventStore;

namespace Tms.Testing.Persons;

/// <summary>For logs of tests in which nothing is sealed; what is sealed all the same is an error, not a value.</summary>
public sealed class NobodysEvents : IEventOpener
{
    public ValueTask<IReadOnlyList<RecordedEvent>> Open(IReadOnlyList<RecordedEvent> events, CancellationToken cancel) =>
        events.Any(e => EventStore.Persons.SealedJson.Holds(e.Data.Span))
            ? throw new NotSupportedException("Something is sealed.")
            : new(events);

    public ValueTask<IReadOnlyList<RecordedEvent>> OpenFor(Guid person, IReadOnlyList<RecordedEvent> events, CancellationToken cancel) =>
        Open(events, cancel);

    public ValueTask<ReadOnlyMemory<byte>> Open(
        TenantId tenant, Guid stream, Guid eventId, ReadOnlyMemory<byte> data, CancellationToken cancel) =>
        EventStore.Persons.SealedJson.Holds(data.Span) ? throw new NotSupportedException("Something is sealed.") : new(data);
}
