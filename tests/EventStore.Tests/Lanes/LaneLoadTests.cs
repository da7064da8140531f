using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>What waits in a lane is bounded in number and bytes, numbered units and locked partitions included.</summary>
public sealed class LaneLoadTests
{
    private const int Megabyte = 1 << 20;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_unit_with_numbers_is_as_large_as_what_it_completes_to()
    {
        var events = Some.Event(new byte[5000]);
        var plain = Some.Unit(Some.Tenant(), Some.Stream(), 0, events);
        Assert.Equal(UnitCheck.Check(plain, Megabyte), UnitCheck.Check(Numbered(5000), Megabyte));
        Assert.Throws<UnitRejectedException>(() => UnitCheck.Check(Numbered(Megabyte), Megabyte));
    }

    [Fact]
    public async Task Large_units_with_numbers_share_a_batch_only_as_far_as_its_bytes_allow()
    {
        await using var lane = new LaneHarness();
        var first = await lane.Busy();
        var waiting = Enumerable.Range(0, 10).Select(_ => lane.Append(Numbered(3 * Megabyte))).Append(first).ToList();
        lane.Open();
        await Task.WhenAll(waiting).Within(Soon);
        Assert.All(lane.Store.Batches, batch => Assert.InRange(batch.Count, 1, 3));
    }

    [Fact]
    public async Task Units_that_would_fill_more_bytes_than_may_wait_are_told_to_come_back()
    {
        await using var lane = new LaneHarness(new() { MaxQueueBytes = 8 * Megabyte });
        var first = await lane.Busy();
        List<Task> waiting = [first, lane.Append(Large()), lane.Append(Numbered(3 * Megabyte))];
        await Assert.ThrowsAsync<StoreBusyException>(() => lane.Append(Large()));
        waiting.Add(lane.Append(Some.Unit(Some.Tenant(), Some.Stream())));
        lane.Open();
        await Task.WhenAll(waiting).Within(Soon);
        await lane.Append(Large()).Within(Soon);
    }

    [Fact]
    public async Task A_unit_larger_than_all_that_may_wait_is_taken_while_there_is_no_other()
    {
        await using var lane = new LaneHarness(new() { MaxQueueBytes = Megabyte });
        await lane.Append(Large()).Within(Soon);
    }

    [Fact]
    public async Task What_waits_for_a_locked_partition_leaves_half_of_the_lane_to_the_others()
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var lane = new LaneHarness(new() { MaxQueue = 100, AppendTimeout = TimeSpan.FromDays(1) });
        (lane.Store.Held, lane.Store.Free) = (5, free.Task);
        var locked = Enumerable.Range(0, 80).Select(_ => lane.Append(Some.Unit(Some.TenantIn(5), Some.Stream()))).ToList();
        try
        {
            while (locked.Count > 50)
            {
                var first = Task.WhenAny(locked);
                await lane.Pass(first).Within(Soon);
                var done = await first;
                Assert.IsType<StoreBusyException>(done.Exception?.InnerException);
                locked.Remove(done);
            }

            await lane.Pass(lane.Append(Some.Unit(Some.TenantIn(6), Some.Stream()))).Within(Soon);
        }
        finally
        {
            // Whatever failed, the lane is not kept waiting for its end.
            free.SetResult();
        }

        await lane.Pass(Task.WhenAll(locked)).Within(Soon);
        Assert.All(locked, unit => Assert.True(unit.IsCompletedSuccessfully));
    }

    private static AppendUnit Large() => Some.Unit(Some.Tenant(), Some.Stream(), 0, Some.Event(new byte[3 * Megabyte]));

    private static AppendUnit Numbered(int bytes)
    {
        var unit = Some.Drawing(Some.Tenant(), Some.Stream(), "orders");
        return unit with { Draw = new(["orders"], _ => [unit.Streams[0].Events[0] with { Data = new byte[bytes] }]) };
    }
}
