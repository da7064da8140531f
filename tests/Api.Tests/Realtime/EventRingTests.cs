using Tms.Api.Realtime;

namespace Tms.Api.Tests.Realtime;

public sealed class EventRingTests
{
    private static LiveEvent Event(long sequence, int length = 0) => LiveEvent.Visible(sequence, [], new byte[length], null);

    private static EventRing Ring(int capacity, long bytes) => new(capacity, bytes, new(long.MaxValue));

    [Fact]
    public void It_keeps_the_latest_events_by_number()
    {
        var ring = Ring(4, long.MaxValue);

        for (var sequence = 1; sequence <= 10; sequence++)
        {
            ring.Append(Event(sequence));
        }

        Assert.Equal(10, ring.Head);
        Assert.All(Enumerable.Range(1, 6), sequence => Assert.Null(ring.Find(sequence)));
        Assert.All(Enumerable.Range(7, 4), sequence => Assert.Equal(sequence, ring.Find(sequence)!.Sequence));
        Assert.Null(ring.Find(11));
    }

    [Fact]
    public void It_keeps_the_latest_events_by_bytes()
    {
        var ring = Ring(1_024, 10_000);

        for (var sequence = 1; sequence <= 20; sequence++)
        {
            ring.Append(Event(sequence, 1_000));
        }

        Assert.Equal([17, 18, 19, 20], Enumerable.Range(1, 20).Where(sequence => ring.Find(sequence) is not null));
        ring.Append(Event(21, 100_000));
        Assert.Equal([21], Enumerable.Range(1, 21).Where(sequence => ring.Find(sequence) is not null));
    }

    [Fact]
    public void It_takes_only_the_event_that_follows()
    {
        var ring = Ring(4, long.MaxValue);
        ring.StartAfter(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Append(Event(7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Append(Event(5)));
        ring.Append(Event(6));
        ring.StartAfter(50);

        Assert.Equal(50, ring.Head);
        Assert.Null(ring.Find(6));
    }

    [Fact]
    public void All_rings_of_a_node_share_its_memory_and_give_it_back()
    {
        var memory = new LiveMemory(10_000);
        var (busy, quiet) = (new EventRing(1_024, 8_000, memory), new EventRing(1_024, 8_000, memory));
        for (var sequence = 1; sequence <= 4; sequence++) quiet.Append(Event(sequence, 500));
        for (var sequence = 1; sequence <= 20; sequence++) busy.Append(Event(sequence, 500));

        Assert.InRange(memory.Used, 8_000, 10_000);
        Assert.Equal((memory.Used, quiet.Bytes), (busy.Bytes + quiet.Bytes, 4 * Event(1, 500).Bytes));
        Assert.InRange(memory.Wanted, 1, 3_000);
        quiet.StartAfter(quiet.Head);
        busy.StartAfter(busy.Head);
        Assert.Equal((0, 0), (memory.Used, memory.Wanted));
    }
}
