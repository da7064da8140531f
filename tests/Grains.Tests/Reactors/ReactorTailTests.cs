using Tms.EventStore;
using Tms.Grains.Reactors;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Reactors;

/// <summary>What a sweep finds in the end of the log.</summary>
public sealed class ReactorTailTests
{
    private const string Read = "ORDER_READ";

    private readonly MemoryLog _log = new();
    private readonly MemoryCheckpoints _checkpoints = new();
    private readonly MemoryCursors _cursors = new();
    private readonly ReactorSets _sets;
    private readonly ReactorTail _tail;
    private readonly TenantId[] _companies = World.Neighbours(2);

    public ReactorTailTests()
    {
        _sets = new(new([new OrderBook("book")]), [], _cursors, _log, _checkpoints);
        _tail = new(_sets, _cursors, _log, _log, _checkpoints);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_acts_on_is_looked_at_once()
    {
        await _sets.Register(Cancel);
        _log.Append(_companies[0], Read, Read);
        Assert.Equal((0, false), await Look());
        var head = (await _log.PartitionHeads(Cancel)).Values.Single();
        Assert.Equal(head, await Checkpoint());
        Assert.Equal((0, false), await Look());
        Assert.Equal(1, _log.Stretches.Count);
        Assert.Equal(0, _log.PartitionReads.Count);
    }

    [Fact]
    public async Task An_event_that_nobody_has_acted_on_is_found_by_every_look_until_somebody_has()
    {
        await _sets.Register(Cancel);
        _log.Append(_companies[0], Read, Orders.Placed, Read);
        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal([("book", _companies[0])], (await _tail.Look(Cancel)).Open);
        await ActedOn(_companies[0], 2);
        Assert.Equal((0, false), await Look());
        Assert.Equal((await _log.PartitionHeads(Cancel)).Values.Single(), await Checkpoint());
    }

    [Fact]
    public async Task One_that_fails_for_long_hides_none_behind_it_and_is_not_passed_over()
    {
        await _sets.Register(Cancel);
        _log.Append(_companies[0], [Orders.Placed, .. Enumerable.Repeat(Read, ReactorTail.PageSize * 3 / 2)]);
        _log.Append(_companies[1], Orders.Placed);
        var (first, more) = await _tail.Look(Cancel);
        Assert.Equal([("book", _companies[0])], first);
        Assert.True(more);
        var before = await Checkpoint();
        (first, more) = await _tail.Look(Cancel);
        Assert.Equal([("book", _companies[1])], first);
        Assert.False(more);
        Assert.Equal(before, await Checkpoint());
        Assert.Equal([("book", _companies[0])], (await _tail.Look(Cancel)).Open);
    }

    private async Task<(int Open, bool More)> Look()
    {
        var (open, more) = await _tail.Look(Cancel);
        return (open.Count, more);
    }

    private Task<GlobalPosition> Checkpoint() => _checkpoints.Load(_sets.Of("book").Cursor, _companies[0].Partition, Cancel);

    private async Task ActedOn(TenantId company, long sequence)
    {
        var e = (await _log.ReadCompany(company, new(sequence - 1), 1, Cancel))[0];
        await _cursors.Save(new([_sets.Of("book").Cursor], company, LogPoint.After(e)), Cancel);
    }
}
