using Tms.Api.Events;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>Pages of one company's older events, read from the log for connections that are behind the ring.</summary>
/// <remarks>
/// Pages are aligned, so that all who come back after the same outage share them, and few, so that they take little memory.
/// <paramref name="reads"/> bounds how many are read at once on the whole node.
/// </remarks>
internal sealed class LogPages(TenantId tenant, IEventReader reader, LiveEventFactory factory, SemaphoreSlim reads)
{
    private const int Size = 64;
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _latest = [];

    /// <summary>A page that holds an event; the event must be committed.</summary>
    public async ValueTask<LogPage> Get(long sequence)
    {
        var entry = Latest(sequence, stale: null);
        var page = await entry.Page;
        if (page.Find(sequence) is not null)
        {
            return page;
        }

        // The page was read before the event was committed.
        page = await Latest(sequence, entry).Page;
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

    private Entry Latest(long sequence, Entry? stale)
    {
        var after = (sequence - 1) / Size * Size;
        lock (_gate)
        {
            var found = _latest.FirstOrDefault(entry => entry.After == after);
            if (found is null || found == stale || found.Page.IsFaulted || found.Page.IsCanceled)
            {
                return Add(new(after, Task.Run(() => Read(after))), found);
            }

            return found;
        }
    }

    private Entry Add(Entry entry, Entry? replaced)
    {
        if (replaced is not null)
        {
            _latest.Remove(replaced);
        }

        _latest.AddFirst(entry);
        if (_latest.Count > Kept)
        {
            _latest.RemoveLast();
        }

        return entry;
    }

    private async Task<LogPage> Read(long after)
    {
        await reads.WaitAsync();
        try
        {
            var events = await reader.ReadCompany(tenant, new(after), Size);
            return new(after, [.. events.Select(e => factory.Make(e.ToDelivered()))]);
        }
        finally
        {
            reads.Release();
        }
    }

    private sealed record Entry(long After, Task<LogPage> Page);
}

/// <summary>Some events in a row.</summary>
/// <param name="After">The sequence before the first.</param>
/// <param name="Events">The events, without gaps.</param>
internal sealed record LogPage(long After, LiveEvent[] Events)
{
    /// <summary>The event with a sequence; null when it is not in the page.</summary>
    public LiveEvent? Find(long sequence) =>
        sequence > After && sequence <= After + Events.Length ? Events[sequence - After - 1] : null;
}
