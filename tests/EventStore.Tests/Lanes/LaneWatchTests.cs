using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>A lane that hangs is seen, and nobody waits for it for ever.</summary>
public sealed class LaneWatchTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_append_has_its_answer_in_bounded_time_although_its_lane_hangs()
    {
        await using var lane = new LaneHarness();
        var hanging = await lane.Busy();
        var behind = lane.Append(Some.Unit(Some.Tenant(), Some.Stream()));
        lane.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.False(hanging.IsCompleted || behind.IsCompleted);
        lane.Time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hanging.Within(Soon));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => behind.Within(Soon));
    }

    [Fact]
    public async Task What_was_given_up_while_it_waited_is_not_written_afterwards()
    {
        await using var lane = new LaneHarness();
        var hanging = await lane.Busy();
        var behind = lane.Append(Some.Unit(Some.Tenant(), Some.Stream()));
        lane.Time.Advance(TimeSpan.FromSeconds(14));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => behind.Within(Soon));
        lane.Open();
        var next = Some.Unit(Some.Tenant(), Some.Stream());
        Assert.IsType<AppendResult.Appended>(await lane.Append(next).Within(Soon));
        Assert.Equal([1, 1], lane.Store.Batches.Select(b => b.Count));
        Assert.Same(next, lane.Store.Batches.Last()[0]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hanging);
    }

    [Fact]
    public async Task Units_that_were_given_up_count_until_the_lane_lets_go_of_them()
    {
        await using var lane = new LaneHarness(new() { MaxQueue = 2 });
        var hanging = await lane.Busy();
        var behind = lane.Append(Some.Unit(Some.Tenant(), Some.Stream()));
        lane.Time.Advance(TimeSpan.FromSeconds(14));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hanging.Within(Soon));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => behind.Within(Soon));
        await Assert.ThrowsAsync<StoreBusyException>(() => lane.Append(Some.Unit(Some.Tenant(), Some.Stream())));
    }

    [Fact]
    public async Task A_lane_that_hangs_is_told_once_and_so_is_that_it_goes_on()
    {
        await using var lane = new LaneHarness();
        await lane.Busy();
        lane.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Null(lane.Health.Trouble);
        lane.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("1 of 1 lanes of the event log settled no batch for 13 s.", lane.Health.Trouble);
        Assert.Equal(1, lane.Heard.Count("Error: 1 of 1 lanes of the event log hang"));
        lane.Open();
        await lane.Append(Some.Unit(Some.Tenant(), Some.Stream())).Within(Soon);
        await lane.Pass(lane.Heard.Says("settle batches again")).Within(Soon);
        Assert.Null(lane.Health.Trouble);
    }

    [Fact]
    public async Task A_lane_that_hangs_drops_its_session_and_writes_what_comes_next()
    {
        // One unit at a time: the next is taken in when the lane has let go of the one before.
        await using var lane = new LaneHarness(new() { MaxQueue = 1 });
        lane.Store.Obeys = true;
        for (var times = 0; times < 2; times++)
        {
            var hanging = await lane.Busy();
            lane.Time.Advance(TimeSpan.FromSeconds(12));
            Assert.False(hanging.IsCompleted);
            lane.Time.Advance(TimeSpan.FromSeconds(2));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => hanging.Within(Soon));
            // Only what is tried from now on gets through.
            lane.Store.Gate = Task.CompletedTask;
            Assert.IsType<AppendResult.Appended>(await lane.Next().Within(Soon));
        }
    }

    [Fact]
    public async Task An_idle_lane_is_well_however_long_it_is_idle()
    {
        await using var lane = new LaneHarness();
        await lane.Append(Some.Unit(Some.Tenant(), Some.Stream())).Within(Soon);
        lane.Time.Advance(TimeSpan.FromHours(1));
        // The lane may hear of its own answer after the test does.
        await Task.Run(() => SpinWait.SpinUntil(() => lane.Health.Trouble is null, Soon), TestContext.Current.CancellationToken);
        Assert.Null(lane.Health.Trouble);
    }
}
