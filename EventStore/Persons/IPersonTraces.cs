namespace Tms.EventStore.Persons;

/// <summary>
/// What the log says of a person in streams of others, by <see cref="EventData.About"/>; an index answers, no log is walked.
/// </summary>
public interface IPersonTraces
{
    /// <summary>Events that name the person, as they are stored, in the order of the log.</summary>
    /// <param name="tenant">The person's tenant.</param>
    /// <param name="person">Of whom they tell.</param>
    /// <param name="after">Exclusive.</param>
    /// <param name="limit">At most this many, and at most <see cref="EventPages.Bytes"/> and one more.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<RecordedEvent>> Events(
        TenantId tenant, Guid person, CompanySequence after, int limit, CancellationToken cancel = default);

    /// <summary>Streams with such events, and those that have the person's id: what they say of the person needs no mark.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<StreamName>> Streams(TenantId tenant, Guid person, CancellationToken cancel = default);

    /// <summary>Folds the rows of a stream anew, from what can be opened by now: nothing is left of a person whose key is gone.</summary>
    /// <remarks>Sums stay, for what a stream added cannot be taken back; they hold no personal members.</remarks>
    /// <exception cref="StoreUnavailableException">
    /// The store could not be reached, or the partition was not free in time; the old rows stay.
    /// </exception>
    Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel = default);
}
