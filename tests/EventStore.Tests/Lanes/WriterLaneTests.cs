using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>A lane goes on, whatever its batches and its partitions do.</summary>
public sealed class WriterLaneTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_fault_of_the_program_costs_a_lane_one_batch()
    {
        await using var lane = new LaneHarness();
        lane.Store.HasFault = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => lane.Append(Some.Unit(Some.Tenant(), Some.Stream())).Within(Soon));
        lane.Store.HasFault = false;
        Assert.IsType<AppendResult.Appended>(await lane.Append(Some.Unit(Some.Tenant(), Some.Stream())).Within(Soon));
        Assert.Equal(1, lane.Heard.Count("Error: A batch failed in a way that no store does"));
    }

    [Fact]
    public async Task Units_of_a_partition_that_is_free_again_do_not_wait_for_one_that_needs_another_as_well()
    {
        await using var lane = new LaneHarness(new() { AppendTimeout = TimeSpan.FromDays(1) });
        var (own, platform) = (new TaskCompletionSource(), new TaskCompletionSource());
        var tenant = Beside(1);
        (lane.Store.Held, lane.Store.Free) = (tenant.Partition, own.Task);
        var busy = await lane.Busy(Beside(2));
        var alone = lane.Append(Some.Unit(tenant, Some.Stream()));
        var both = lane.Append(Some.Unit(tenant, Some.On(tenant, Some.Stream()), Some.On(TenantId.Platform, Some.Stream("notices"))));
        lane.Open();
        await busy.Within(Soon);
        await lane.Pass(lane.Store.Waited).Within(Soon);
        (lane.Store.Held, lane.Store.Free) = (TenantId.Platform.Partition, platform.Task);
        own.SetResult();
        try
        {
            await lane.Pass(alone).Within(Soon);
            Assert.False(both.IsCompleted);
        }
        finally
        {
            platform.SetResult();
        }

        await lane.Pass(both).Within(Soon);
        Assert.IsType<AppendResult.Appended>(await alone);
        Assert.IsType<AppendResult.Appended>(await both);
    }

    /// <summary>A tenant so many partitions behind the platform's.</summary>
    private static TenantId Beside(int partitions) => Some.TenantIn((TenantId.Platform.Partition + partitions) % TenantId.Partitions);
}
