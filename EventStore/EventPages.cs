namespace Tms.EventStore;

/// <summary>Pages of the log, as <see cref="IEventReader"/> gives them: each ends by its number of events or by their bytes.</summary>
public static class EventPages
{
    /// <summary>Bytes of data and metadata after which a page ends (4 MiB).</summary>
    public const long Bytes = 4 << 20;

    /// <summary>Whether more may follow a page: one that neither limit ended is the last.</summary>
    /// <param name="page">What was read.</param>
    /// <param name="limit">The number of events that was asked for.</param>
    public static bool GoesOn(this IReadOnlyList<RecordedEvent> page, int limit) => page.Count >= limit || IsFull(page);

    /// <summary>Whether a page ended by its bytes.</summary>
    public static bool IsFull(this IReadOnlyList<RecordedEvent> page)
    {
        var bytes = 0L;
        for (var i = 0; i < page.Count; i++) bytes += page[i].Data.Length + page[i].Metadata.Length;
        return bytes >= Bytes;
    }
}
