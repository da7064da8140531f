using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>What needs something that another session holds waits beside the lane, and comes back to it.</summary>
public sealed class HeldUnitsTests
{
    private const int Partition = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly EventStoreOptions Patient = new() { AppendTimeout = TimeSpan.FromDays(1) };

    [Fact]
    public async Task A_table_that_is_held_makes_one_batch_wait_and_none_of_those_after_it()
    {
        await using var lane = new LaneHarness(Patient);
        lane.Store.Fails = Holds("texts");
        List<Task<AppendResult>> waiting = [], free = [];
        for (var round = 0; round < 3; round++)
        {
            var busy = await lane.Busy();
            waiting.AddRange([lane.Append(Of("texts")), lane.Append(Of("texts"))]);
            free.AddRange([lane.Append(Of("orders")), lane.Append(Of("lines")), busy]);
            lane.Open();
            await Task.WhenAll(free).Within(Soon);
        }

        Assert.All(waiting, unit => Assert.False(unit.IsCompleted));
        Assert.Single(lane.Store.Batches, batch => batch.Select(TypeOf).Distinct().Count() > 1 && batch.Any(u => TypeOf(u) == "texts"));
        lane.Store.Fails = static _ => null;
        await lane.Pass(Task.WhenAll(waiting)).Within(Soon);
        Assert.Equal(1, lane.Heard.Count("Warning: Stream type texts of the event log is locked"));
    }

    [Fact]
    public async Task A_row_that_is_held_stops_only_its_company()
    {
        await using var lane = new LaneHarness(Patient);
        var held = Some.Tenant();
        lane.Store.Fails = units => units.Any(u => u.Tenant == held) ? BatchFailure.Locked : null;
        var busy = await lane.Busy();
        List<Task<AppendResult>> waiting = [lane.Append(Some.Unit(held, Some.Stream()))];
        var others = Enumerable.Range(0, 20).Select(_ => lane.Append(Of("orders"))).Append(busy).ToList();
        lane.Open();
        await lane.Pass(Task.WhenAll(others)).Within(Soon);
        await lane.Pass(lane.Heard.Says("Information: Stream type orders of the event log is free again")).Within(Soon);
        waiting.Add(lane.Append(Some.Unit(held, Some.Stream())));
        Assert.IsType<AppendResult.Appended>(await lane.Append(Of("orders")).Within(Soon));
        Assert.All(waiting, unit => Assert.False(unit.IsCompleted));
        lane.Store.Fails = static _ => null;
        await lane.Pass(Task.WhenAll(waiting)).Within(Soon);
    }

    [Fact]
    public async Task A_partition_that_is_free_again_is_the_lanes_again_although_its_appends_never_cease()
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var lane = new LaneHarness(Patient);
        (lane.Store.Held, lane.Store.Free) = (Partition, free.Task);
        var tenant = Some.TenantIn(Partition);
        AppendUnit[] units = [.. Enumerable.Range(0, 40).Select(_ => Some.Unit(tenant, Some.Stream()))];
        var busy = await lane.Busy(Some.TenantIn(Partition + 1));
        var appends = units.Select(lane.Append).ToList();
        lane.Open();
        await lane.Pass(lane.Store.Waited).Within(Soon);
        var tried = lane.Store.Tries;
        free.SetResult();
        await lane.Pass(Task.WhenAll([.. appends, busy])).Within(Soon);
        var stored = lane.Store.Batches.Skip(tried).ToList();
        Assert.Equal(units, stored.SelectMany(batch => batch));
        Assert.InRange(stored[0].Count, 1, HeldUnits.MaxBatch);
        Assert.True(stored[^1].Count > HeldUnits.MaxBatch, "The lane took none of them back.");
        Assert.Equal(1, lane.Heard.Count($"Information: Partition {Partition} of the event log is free again"));
    }

    [Fact]
    public async Task A_partition_that_is_merely_committed_to_when_the_lane_asks_is_not_held()
    {
        await using var lane = new LaneHarness(Patient);
        var asked = 0;
        lane.Store.Fails = _ => lane.Store.Tries == 1 ? BatchFailure.Locked : null;
        lane.Store.Finds = partitions => asked++ == 0 ? [.. partitions] : [];
        await lane.Pass(lane.Append(Of("orders"))).Within(Soon);
        Assert.Equal((2, 1), (asked, lane.Sessions));
        Assert.Equal(0, lane.Heard.Count("locked by another session"));
    }

    [Fact]
    public async Task However_much_is_held_a_few_sessions_try_it_in_turns()
    {
        await using var lane = new LaneHarness(Patient);
        string[] types = [.. Enumerable.Range(0, 12).Select(i => $"type{i}")];
        lane.Store.Fails = Holds(types);
        var busy = await lane.Busy();
        var waiting = types.Select(type => lane.Append(Of(type))).ToList();
        lane.Open();
        await busy.Within(Soon);
        await lane.Pass(Task.WhenAll(types.Select(type => lane.Heard.Says($"Stream type {type} of the event log is locked")))).Within(Soon);
        Assert.Equal(1 + HeldUnits.MaxSessions, lane.Sessions);
        lane.Store.Fails = static _ => null;
        await lane.Pass(Task.WhenAll(waiting)).Within(Soon);
        Assert.Equal(1 + HeldUnits.MaxSessions, lane.Sessions);
    }

    [Fact]
    public async Task What_waits_for_a_hold_is_told_when_its_time_is_up()
    {
        await using var lane = new LaneHarness();
        lane.Store.Fails = Holds("texts");
        var waiting = lane.Append(Of("texts"));
        await lane.Pass(waiting).Within(Soon);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        Assert.IsType<AppendResult.Appended>(await lane.Append(Of("orders")).Within(Soon));
    }

    [Fact]
    public async Task What_waits_for_a_hold_is_stored_before_a_writer_has_closed()
    {
        await using var lane = new LaneHarness(Patient);
        lane.Store.Fails = Holds("texts");
        var waiting = Enumerable.Range(0, 3 * HeldUnits.MaxBatch).Select(_ => lane.Append(Of("texts"))).ToList();
        await lane.Pass(lane.Heard.Says("Stream type texts of the event log is locked")).Within(Soon);
        var closing = lane.Close();
        lane.Store.Fails = static _ => null;
        await lane.Pass(closing).Within(Soon);
        Assert.All(waiting, unit => Assert.True(unit.IsCompletedSuccessfully));
    }

    private static AppendUnit Of(string type) => Some.Unit(Some.Tenant(), Some.Stream(type));

    private static string TypeOf(AppendUnit unit) => unit.Streams[0].Stream.Type;

    private static Func<IReadOnlyList<AppendUnit>, BatchFailure?> Holds(params string[] types) =>
        units => units.Any(u => types.Contains(TypeOf(u))) ? BatchFailure.Locked : null;
}
