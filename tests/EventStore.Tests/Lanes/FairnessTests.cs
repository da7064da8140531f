using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>A company with much to write does not hold up the others.</summary>
public sealed class FairnessTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private readonly TenantId _greedy = Some.Tenant(), _other = Some.Tenant();

    [Fact]
    public async Task An_append_is_in_the_next_batch_while_another_company_has_fifty_thousand_waiting()
    {
        await using var lane = new LaneHarness(new() { MaxQueue = 200_000 });
        var first = await lane.Busy();
        var many = Enumerable.Range(0, 50_000).Select(_ => lane.Append(Some.Unit(_greedy, Some.Stream()))).Append(first).ToList();
        var other = lane.Append(Some.Unit(_other, Some.Stream()));
        lane.Open();
        await other.Within(Soon);
        Assert.Contains(lane.Store.Batches.ElementAt(1), u => u.Tenant == _other);
        await Task.WhenAll(many).Within(Soon);
    }

    [Fact]
    public async Task A_company_that_has_its_share_waiting_is_told_to_come_back_and_others_are_not()
    {
        await using var lane = new LaneHarness(new() { MaxQueue = 100 });
        var first = await lane.Busy();
        List<Task> taken = [first, .. Enumerable.Range(0, 25).Select(_ => lane.Append(Some.Unit(_greedy, Some.Stream())))];
        var refused = await Assert.ThrowsAsync<StoreBusyException>(() => lane.Append(Some.Unit(_greedy, Some.Stream())));
        Assert.Contains("of this company", refused.Message, StringComparison.Ordinal);
        taken.AddRange(Enumerable.Range(0, 25).Select(_ => lane.Append(Some.Unit(_other, Some.Stream()))));
        lane.Open();
        await Task.WhenAll(taken).Within(Soon);
        await lane.Append(Some.Unit(_greedy, Some.Stream())).Within(Soon);
    }

    [Fact]
    public async Task The_share_counts_bytes_too()
    {
        await using var lane = new LaneHarness(new() { MaxQueueBytes = 4 << 20 });
        var first = await lane.Busy();
        List<Task> taken = [first, lane.Append(Half(_greedy)), lane.Append(Half(_other)), lane.Append(Half(_other))];
        await Assert.ThrowsAsync<StoreBusyException>(() => lane.Append(Half(_other)));
        taken.Add(lane.Append(Half(_greedy)));
        lane.Open();
        await Task.WhenAll(taken).Within(Soon);
    }

    private static AppendUnit Half(TenantId tenant) => Some.Unit(tenant, Some.Stream(), 0, Some.Event(new byte[500_000]));
}
