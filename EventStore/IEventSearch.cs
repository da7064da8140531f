namespace Tms.EventStore;

/// <summary>
/// Finds a tenant's events by what is noted beside them. It looks at the places that it is told and at no others: whoever asks bounds what
/// a search costs.
/// </summary>
public interface IEventSearch
{
    /// <summary>The places of a log that lie in a time: halved for, as times never fall along a log, so that it costs no scan.</summary>
    /// <param name="tenant">Whose log.</param>
    /// <param name="stream">Null: places are sequences of the tenant; else they are versions of this stream.</param>
    /// <param name="from">Not before this time; null: from the first event.</param>
    /// <param name="to">Before this time; null: up to the last event.</param>
    /// <param name="cancel">Cancels the search.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<EventSpan> Span(TenantId tenant, StreamName? stream, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel = default);

    /// <summary>The events of a span that a filter lets through, in the order of their places.</summary>
    /// <param name="tenant">Whose log.</param>
    /// <param name="filter">What is looked for; its stream says what the places are, as in <see cref="Span"/>.</param>
    /// <param name="span">Where: every event in it is looked at, unless the limit is reached before.</param>
    /// <param name="newestFirst">From the end of the span to its beginning.</param>
    /// <param name="limit">At most this many, and at most <see cref="EventPages.Bytes"/> and one more.</param>
    /// <param name="cancel">Cancels the search.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<RecordedEvent>> Find(
        TenantId tenant, EventFilter filter, EventSpan span, bool newestFirst, int limit, CancellationToken cancel = default);

    /// <summary>How many events of a span a filter lets through. Looks at all of them.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<long> Count(TenantId tenant, EventFilter filter, EventSpan span, CancellationToken cancel = default);
}

/// <summary>What events are looked for.</summary>
/// <param name="Types">Events of these types only; none: nothing is found.</param>
public sealed record EventFilter(IReadOnlyCollection<string> Types)
{
    /// <summary>Of one kind of aggregate, e.g. <c>invoices</c>; null: of all. Where <see cref="Stream"/> is set that says it.</summary>
    public string? Kind { get; init; }

    /// <summary>Of one aggregate; null: of all.</summary>
    public StreamName? Stream { get; init; }

    /// <summary>By this actor, as it stands in the metadata; null: by anybody.</summary>
    public string? Actor { get; init; }

    /// <summary>The place of an event: what spans of this filter count.</summary>
    public long PlaceOf(RecordedEvent e) => Stream is null ? e.Sequence.Value : e.Version.Value;
}

/// <summary>Places that follow one another without gaps: sequences of a tenant, or versions of a stream.</summary>
/// <param name="First">The first of them, from 1.</param>
/// <param name="Beyond">The one after the last.</param>
public readonly record struct EventSpan(long First, long Beyond)
{
    /// <summary>Whether there is no place in it.</summary>
    public bool IsEmpty => First >= Beyond;

    /// <summary>At most so many places, from the beginning.</summary>
    public EventSpan Start(long places) => this with { Beyond = Math.Min(Beyond, First + places) };

    /// <summary>At most so many places, up to the end.</summary>
    public EventSpan End(long places) => this with { First = Math.Max(First, Beyond - places) };

    /// <summary>What comes after a place.</summary>
    public EventSpan After(long place) => this with { First = Math.Max(First, place + 1) };

    /// <summary>What comes before a place.</summary>
    public EventSpan Before(long place) => this with { Beyond = Math.Min(Beyond, place) };
}
