using Tms.EventStore.Readers;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Readers;

/// <summary>How much of what was committed is kept at hand.</summary>
public sealed class PartitionTailsTests
{
    private readonly PartitionTails _tails = new();

    [Fact]
    public void The_last_batch_is_kept_even_if_it_is_larger_than_all_others_may_be_together()
    {
        _tails.Keep(3, new(0), [Event(1, 1000)]);
        _tails.Keep(3, new(1), [Event(2, 100_000)]);
        Assert.Null(_tails.Read(3, new(0), 10));
        Assert.Single(_tails.Read(3, new(1), 10)!);
    }

    [Fact]
    public void A_batch_of_half_a_megabyte_is_not_kept()
    {
        _tails.Keep(3, new(0), [Event(1, 1000)]);
        _tails.Keep(3, new(1), [Event(2, 600_000)]);
        Assert.Null(_tails.Read(3, new(1), 10));
        _tails.Keep(3, new(2), [Event(3, 1000)]);
        Assert.Single(_tails.Read(3, new(2), 10)!);
    }

    private static RecordedEvent Event(long position, int bytes) => new()
    {
        Position = new(position),
        Tenant = Some.TenantIn(3),
        Sequence = new(position),
        Stream = Some.Stream(),
        Version = new(1),
        Id = Guid.CreateVersion7(),
        Type = "ORDER_CHANGED",
        SchemaVersion = 1,
        TimeMicros = 0,
        Data = new byte[bytes],
        Metadata = Some.Metadata,
        Hash = [],
    };
}
