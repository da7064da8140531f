namespace Tms.EventStore;

/// <summary>
/// Makes readable what stored events hold of persons. Projections are pure: whoever folds, shows or hands on events opens them first.
/// </summary>
/// <remarks>
/// What is opened stays in memory no longer than it is worked with: once a person is erased nothing of it may be served from there.
/// A person whose key is gone has no values any more; the rest of the event stays as it is.
/// </remarks>
public interface IEventOpener
{
    /// <summary>
    /// The events with the values of their persons in plain JSON, in the same order; the same list where none of them has any.
    /// </summary>
    /// <remarks>An opened event's <see cref="RecordedEvent.Data"/> is not what its hash covers.</remarks>
    /// <exception cref="InvalidDataException">What is sealed was altered, or stands in another event than it was sealed for.</exception>
    /// <exception cref="StoreUnavailableException">The keys could not be read.</exception>
    ValueTask<IReadOnlyList<RecordedEvent>> Open(IReadOnlyList<RecordedEvent> events, CancellationToken cancel = default);

    /// <summary>
    /// The events as <see cref="Open(IReadOnlyList{RecordedEvent}, CancellationToken)"/>, but with the values of one person only: for that
    /// person's eyes.
    /// </summary>
    /// <exception cref="InvalidDataException">What is sealed was altered, or stands in another event than it was sealed for.</exception>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    ValueTask<IReadOnlyList<RecordedEvent>> OpenFor(Guid person, IReadOnlyList<RecordedEvent> events, CancellationToken cancel = default);

    /// <summary>The JSON of one event of a stream, as <see cref="Open(IReadOnlyList{RecordedEvent}, CancellationToken)"/>.</summary>
    ValueTask<ReadOnlyMemory<byte>> Open(
        TenantId tenant, Guid stream, Guid eventId, ReadOnlyMemory<byte> data, CancellationToken cancel = default);

    /// <summary>One event, as <see cref="Open(IReadOnlyList{RecordedEvent}, CancellationToken)"/>.</summary>
    async ValueTask<RecordedEvent> Open(RecordedEvent e, CancellationToken cancel = default) => (await Open([e], cancel))[0];
}
