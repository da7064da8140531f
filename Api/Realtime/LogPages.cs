using Tms.Api.Events;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>Pages of one company's older events, read from the log for connections that are behind the ring.</summary>
/// <remarks>
/// A page ends after some events or bytes, and the latest few are kept while the node has room: all who come back after the same outage
/// share them, and whatever they miss takes little memory. <see cref="LiveServices.LogReads"/> bounds how many are read at once.
/// </remarks>
internal sealed class LogPages(TenantId tenant, LiveServices live)
{
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<LogPageRead> _latest = [];
    private long _bytes;

    /// <summary>Bytes of the pages that are kept.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

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
            while (_latest.Last is { } last) Forget(last);
        }
    }

    private LogPageRead Latest(long sequence)
    {
        lock (_gate)
        {
            return _latest.FirstOrDefault(read => read.MayHold(sequence)) ?? Add(sequence);
        }
    }

    // For the holder of the gate.
    private LogPageRead Add(long sequence)
    {
        var added = new LogPageRead(sequence - 1, Task.Run(() => Read(sequence - 1)));
        _latest.AddFirst(added);
        if (_latest.Count > Kept) Forget(_latest.Last!);
        _ = Count(added);
        return added;
    }

    private async Task Count(LogPageRead read)
    {
        await ((Task)read.Page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_latest.Find(read) is not { } kept) return;
            if (read.Page.IsCompletedSuccessfully && live.Memory.HasRoomFor(read.Page.Result.Bytes)) Keep(read, read.Page.Result.Bytes);
            else Forget(kept);
        }
    }

    private void Keep(LogPageRead read, long bytes)
    {
        read.Counted = bytes;
        _bytes += bytes;
        live.Memory.Take(bytes);
    }

    private void Forget(LinkedListNode<LogPageRead> read)
    {
        _latest.Remove(read);
        _bytes -= read.Value.Counted;
        live.Memory.GiveBack(read.Value.Counted);
    }

    private async Task<LogPage> Read(long after)
    {
        await live.LogReads.WaitAsync();
        try
        {
            var events = await live.Reader.ReadCompany(tenant, new(after), LogPage.MostEvents);
            return LogPage.Of(after, events.Select(e => live.Events.Make(e.ToDelivered(), e.Hash)));
        }
        finally
        {
            live.LogReads.Release();
        }
    }
}

/// <summary>A page, or the read that brings it.</summary>
internal sealed class LogPageRead(long after, Task<LogPage> page)
{
    /// <summary>The page, when it is there.</summary>
    public Task<LogPage> Page => page;

    /// <summary>Bytes that are counted for it among those of the node; for the holder of the gate.</summary>
    public long Counted { get; set; }

    /// <summary>Whether the page holds an event, or may hold it once it is read.</summary>
    public bool MayHold(long sequence) => page.IsCompleted
        ? page.IsCompletedSuccessfully && page.Result.Find(sequence) is not null
        : sequence > after && sequence <= after + LogPage.MostEvents;
}

/// <summary>Some events in a row.</summary>
/// <param name="After">The sequence before the first.</param>
/// <param name="Events">The events, without gaps.</param>
internal sealed record LogPage(long After, LiveEvent[] Events)
{
    /// <summary>The most events of a page.</summary>
    public const int MostEvents = 64;

    private const int MostBytes = 64 << 10;

    /// <summary>Bytes that it takes in memory, about.</summary>
    public long Bytes { get; } = Events.Sum(e => (long)e.Bytes);

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
