using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class SignalTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_commit_wakes_who_waits_for_its_partition()
    {
        var waiting = Store.WaitBeyond(1, GlobalPosition.Start, Long);
        Assert.False(waiting.IsCompleted);
        await Store.Appended(Some.Unit(Some.TenantIn(1), Some.Stream()));
        Assert.True(await waiting.Within(Soon));
    }

    [Fact]
    public async Task Who_knows_less_than_is_committed_does_not_wait()
    {
        await Store.Appended(Some.Unit(Some.TenantIn(2), Some.Stream()));
        Assert.True(await Store.WaitBeyond(2, GlobalPosition.Start, Long).Within(Soon));
    }

    [Fact]
    public async Task Who_knows_all_waits_until_the_time_is_up()
    {
        await Store.Appended(Some.Unit(Some.TenantIn(3), Some.Stream()));
        Assert.False(await Store.WaitBeyond(3, (await Store.Heads())[3], TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task A_commit_in_another_partition_wakes_nobody()
    {
        var waiting = Store.WaitBeyond(4, GlobalPosition.Start, TimeSpan.FromMilliseconds(200));
        await Store.Appended(Some.Unit(Some.TenantIn(5), Some.Stream()));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_cancelled_wait_answers_no_and_does_not_throw()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = Store.WaitBeyondUnless(6, GlobalPosition.Start, Long, cancel.Token);
        await cancel.CancelAsync();
        Assert.False(await waiting.Within(Soon));
        Assert.False(await Store.WaitBeyondUnless(6, GlobalPosition.Start, Long, cancel.Token).Within(Soon));
    }

    [Fact]
    public async Task Whoever_learns_of_a_head_can_wake_the_waiters()
    {
        GlobalPosition known = new(1_000_000);
        var waiting = Store.WaitBeyond(7, known, Long);
        Store.Signals.Advance(7, known);
        Assert.False(waiting.IsCompleted);
        Store.Signals.Advance(7, new(known.Value + 1));
        Assert.True(await waiting.Within(Soon));
    }

    [Fact]
    public async Task A_commit_wakes_all_who_wait()
    {
        var waiting = Enumerable.Range(0, 50).Select(_ => Store.WaitBeyond(8, GlobalPosition.Start, Long)).ToArray();
        await Store.Appended(Some.Unit(Some.TenantIn(8), Some.Stream()));
        Assert.All(await Task.WhenAll(waiting).Within(Soon), Assert.True);
    }
}
