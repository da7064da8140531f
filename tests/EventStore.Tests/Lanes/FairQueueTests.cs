using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>In which order units are written.</summary>
public sealed class FairQueueTests
{
    private static readonly TenantId A = Some.Tenant(), B = Some.Tenant(), C = Some.Tenant();
    private readonly LaneLoad _load = new(new());
    private readonly FairQueue _queue = new();

    [Fact]
    public void Tenants_take_turns_and_each_keeps_its_order()
    {
        PendingUnit[] a = [.. Enumerable.Range(0, 4).Select(_ => Add(A))];
        var (b1, c, b2) = (Add(B), Add(C), Add(B));
        Assert.Equal([a[0], b1, c, a[1], b2, a[2], a[3]], Gather());
    }

    [Fact]
    public void Turns_go_on_from_batch_to_batch()
    {
        var (a1, a2, b1, b2) = (Add(A), Add(A), Add(B), Add(B));
        Assert.Equal([a1], Gather(units: 1));
        Assert.Equal([b1], Gather(units: 1));
        Assert.Equal([a2, b2], Gather());
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void A_tenant_that_comes_late_is_next_after_those_that_wait()
    {
        var (a1, a2, a3) = (Add(A), Add(A), Add(A));
        Assert.Equal([a1], Gather(units: 1));
        var b = Add(B);
        Assert.Equal([a2, b, a3], Gather());
    }

    [Fact]
    public void A_batch_holds_no_more_bytes_than_it_may_and_a_larger_unit_goes_alone()
    {
        var (a, b, c) = (Add(A, 60), Add(B, 60), Add(C, 200));
        Assert.Equal([a], Gather(bytes: 100));
        Assert.Equal([b], Gather(bytes: 100));
        Assert.Equal([c], Gather(bytes: 100));
    }

    [Fact]
    public void What_does_not_join_takes_no_room()
    {
        var (_, a2, b) = (Add(A, 90), Add(A, 40), Add(B, 60));
        var batch = new List<PendingUnit>();
        _queue.Gather(batch, 2, 100, p => p.Bytes != 90);
        Assert.Equal([b, a2], batch);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void What_comes_back_is_before_its_tenants_later_units_and_after_its_earlier_ones()
    {
        PendingUnit[] a = [.. Enumerable.Range(0, 5).Select(i => Of(A, i))];
        foreach (var pending in (PendingUnit[])[a[0], a[3], Of(B, 9)]) _queue.Add(pending);
        _queue.PutBack([a[1], a[2], Of(C, 1)]);
        _queue.PutBack([a[4]]);
        Assert.Equal([A, B, C, A, A, A, A], Gather().Select(p => p.Unit.Tenant));
        _queue.Add(a[3]);
        _queue.PutBack([a[1], a[2]]);
        Assert.Equal([a[1], a[2], a[3]], Gather());
    }

    [Fact]
    public void An_emptied_queue_is_as_good_as_new()
    {
        for (var round = 0; round < 3; round++)
        {
            PendingUnit[] all = [.. Enumerable.Range(0, 100).Select(_ => Add(Some.Tenant())), Add(A), Add(A)];
            Assert.Equal(all, Gather());
        }
    }

    private PendingUnit Add(TenantId tenant, int bytes = 1)
    {
        var pending = new PendingUnit(Some.Unit(tenant, Some.Stream()), bytes, 0, null, _load, CancellationToken.None);
        _queue.Add(pending);
        return pending;
    }

    private PendingUnit Of(TenantId tenant, long enqueued) =>
        new(Some.Unit(tenant, Some.Stream()), 1, enqueued, null, _load, CancellationToken.None);

    private List<PendingUnit> Gather(int units = int.MaxValue, long bytes = long.MaxValue)
    {
        var batch = new List<PendingUnit>();
        _queue.Gather(batch, units, bytes, static _ => true);
        return batch;
    }
}
