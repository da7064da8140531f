using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

public sealed class ClosingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task No_lane_takes_anything_in_while_another_one_ends_its_last_batch(int busy, int other)
    {
        await using var writer = new LaneHarness(lanes: 2);
        var last = await writer.Busy(Some.TenantIn(busy));
        var closing = writer.Close();
        await Assert.ThrowsAsync<StoreBusyException>(() => writer.Append(Some.Unit(Some.TenantIn(other), Some.Stream())).Within(Soon));
        Assert.False(closing.IsCompleted);
        writer.Open();
        await closing.Within(Soon);
        Assert.IsType<AppendResult.Appended>(await last);
    }
}
