using Tms.Api.Events;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>Pages of one company's older events, read from the log for connections that are behind the ring.</summary>
/// <remarks>
/// A page ends after some events or bytes, and the latest few are kept: all who come back after the same outage share them, and
/// whatever they miss takes little memory. <paramref name="reads"/> bounds how many are read at once on the whole node.
/// </remarks>
internal sealed class LogPages(TenantId tenant, IEventReader reader, LiveEventFactory factory, SemaphoreSlim reads)
{
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<LogPageRead> _latest = [];

    /// <summary>A page that holds an event; the event must be committed.</summary>
    public async ValueTask<LogPage> Get(long sequence)
    {
        var page = await Latest(sequence).Page;
        for (var again = 0; again < 3 && page.Find(sequence) is null; again++)
        {
            // The page that was under way ended before the event.
            page = await Latest(sequence).Page;
        }

        return page.Find(sequence) is not null ? page : throw new InvalidDataException($"The log of {tenant} has no event {sequence}.");
    }

    /// <summary>Forgets all pages.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _latest.Clear();
        }
    }

    private LogPageRead Latest(long sequence)
    {
        lock (_gate)
        {
            return _latest.FirstOrDefault(read => read.MayHold(sequence)) ?? Add(sequence);
        }
    }

    private LogPageRead Add(long sequence)
    {
        lock (_gate)
        {
            var added = new LogPageRead(sequence - 1, Task.Run(() => Read(sequence - 1)));
            _latest.AddFirst(added);
            if (_latest.Count > Kept)
            {
                _latest.RemoveLast();
            }

            return added;
        }
    }

    private async Task<LogPage> Read(long after)
    {
        await reads.WaitAsync();
        try
        {
            var events = await reader.ReadCompany(tenant, new(after), LogPage.MostEvents);
            return LogPage.Of(after, events.Select(e => factory.Make(e.ToDelivered(), e.Hash)));
        }
        finally
        {
            reads.Release();
        }
    }
}

/// <summary>A page, or the read that brings it.</summary>
internal sealed record LogPageRead(long After, Task<LogPage> Page)
{
    /// <summary>Whether the page holds an event, or may hold it once it is read.</summary>
    public bool MayHold(long sequence) => Page.IsCompleted
        ? Page.IsCompletedSuccessfully && Page.Result.Find(sequence) is not null
        : sequence > After && sequence <= After + LogPage.MostEvents;
}

/// <summary>Some events in a row.</summary>
/// <param name="After">The sequence before the first.</param>
/// <param name="Events">The events, without gaps.</param>
internal sealed record LogPage(long After, LiveEvent[] Events)
{
    /// <summary>The most events of a page.</summary>
    public const int MostEvents = 64;

    private const int MostBytes = 512 << 10;

    /// <summary>The events up to the most that a page takes, at least one.</summary>
    public static LogPage Of(long after, IEnumerable<LiveEvent> events)
    {
        var bytes = 0L;
        return new(after, [.. events.TakeWhile(e => (bytes += e.Bytes) == e.Bytes || bytes <= MostBytes)]);
    }

    /// <summary>The event with a sequence; null when it is not in the page.</summary>
    public LiveEvent? Find(long sequence) =>
        sequence > After && sequence <= After + Events.Length ? Events[sequence - After - 1] : null;
}
