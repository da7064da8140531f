using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Tests.Rebuild;

/// <summary>How many streams are folded together.</summary>
public sealed class PieceLimitsTests
{
    [Fact]
    public void Small_streams_come_by_the_two_hundred() => Assert.Equal([200, 200, 50], Cut(450, events: 3, bytes: 1000));

    [Fact]
    public void Longer_streams_come_by_their_events() => Assert.Equal([4, 4, 2], Cut(10, events: 1000, bytes: 1000));

    [Fact]
    public void Larger_streams_come_by_their_bytes() => Assert.Equal([4, 1], Cut(5, events: 1, bytes: 1024 * 1024));

    [Fact]
    public void A_stream_over_the_limits_is_a_piece_of_its_own_and_long()
    {
        var pieces = PieceLimits.Cut([Size(1, 1), Size(5_000, 1), Size(1, 1)]).ToList();
        Assert.Equal([false, true, false], pieces.Select(PieceLimits.AreLong));
    }

    [Fact]
    public void Nothing_is_no_piece() => Assert.Empty(PieceLimits.Cut([]));

    private static IEnumerable<int> Cut(int streams, long events, long bytes) =>
        PieceLimits.Cut(Enumerable.Range(0, streams).Select(_ => Size(events, bytes))).Select(p => p.Count);

    private static StreamSize Size(long events, long bytes) => new(Guid.CreateVersion7(), events, bytes);
}
