using Microsoft.Extensions.Logging.Abstractions;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Realtime;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Realtime;

public sealed class FeedCursorTests
{
    private readonly TenantId _company = World.Company();
    private readonly MemoryLog _log = new();
    private readonly FeedCursor _cursor;

    public FeedCursorTests() => _cursor = new FeedCursor(_log, TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task A_gap_is_filled_from_the_log()
    {
        _log.Append(_company, [.. Enumerable.Repeat("A", 9)]);
        await Follow(1, 2, 3);

        Assert.Equal("4, 5, 6, 7, 8, 9", Text(await Follow(7, 8, 9)));
    }

    [Fact]
    public async Task A_gap_of_large_events_is_filled_whole()
    {
        _log.Append(_company, [.. Enumerable.Repeat("A", 9)]);
        _log.PageEnd = 2;
        await Follow(1);

        Assert.Equal("2, 3, 4, 5, 6, 7, 8, 9", Text(await Follow(9)));
    }

    [Fact]
    public async Task Known_events_are_dropped()
    {
        _log.Append(_company, "A", "B", "C");
        await Follow(1, 2);

        Assert.Equal("3", Text(await Follow(1, 2, 3)));
        Assert.Empty(await Follow(2, 3));
    }

    [Fact]
    public async Task The_first_delivery_is_where_it_starts() => Assert.Equal("500", Text(await Follow(500)));

    [Fact]
    public async Task A_gap_that_is_too_wide_is_skipped()
    {
        await Follow(1);

        Assert.Equal("1003", Text(await Follow(FeedCursor.WidestGap + 3)));
    }

    [Fact]
    public async Task A_gap_that_cannot_be_read_is_skipped()
    {
        await Follow(1);
        _log.Down = true;

        Assert.Equal("3", Text(await Follow(3)));
    }

    private async Task<long[]> Follow(params long[] sequences) =>
        [.. (await _cursor.Follow(_company.Value, sequences.Select(Event))).Select(e => e.Sequence)];

    private static string Text(long[] sequences) => string.Join(", ", sequences);

    private DeliveredEvent Event(long sequence) =>
        new(_company.Value, sequence, "things", Guid.Empty, 1, Guid.CreateVersion7(), "A", 1, 0, default, default);
}
