using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>How a lane goes on with a batch that failed.</summary>
public sealed class BatchRunnerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ScriptedStore _store = new();
    private readonly EventStoreMetrics _metrics;

    public BatchRunnerTests() => _metrics = new(_services.GetRequiredService<IMeterFactory>());

    [Theory]
    [InlineData(nameof(BatchFailure.Definite), typeof(UnitRejectedException))]
    [InlineData(nameof(BatchFailure.Unfit), typeof(StoreUnavailableException))]
    public async Task A_unit_that_is_refused_says_nothing_against_those_that_have_waited_long(string failure, Type refusal)
    {
        var units = Pending(100);
        _time.Advance(TimeSpan.FromSeconds(30));
        _store.Fails = batch => batch.Contains(units[37].Unit) ? Enum.Parse<BatchFailure>(failure) : null;
        await Run(units);
        Assert.IsType(refusal, await Record.ExceptionAsync(() => units[37].Answer));
        foreach (var unit in units.Where(u => u != units[37])) Assert.IsType<AppendResult.Appended>(await unit.Answer);
        Assert.InRange(_store.Tries, 1, 16);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_hangs_is_told_to_all_as_soon_as_their_time_is_up(bool byALock)
    {
        var units = Pending(256);
        _store.Fails = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return byALock ? BatchFailure.Locked : BatchFailure.Slow;
        };
        await Run(units);
        foreach (var unit in units) await Assert.ThrowsAsync<StoreUnavailableException>(() => unit.Answer);
        Assert.InRange(_store.Tries, 1, 3);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_the_store_is_written_by_halves()
    {
        var units = Pending(100);
        _store.Fails = batch => batch.Count > 20 ? BatchFailure.Slow : null;
        await Run(units);
        foreach (var unit in units) Assert.IsType<AppendResult.Appended>(await unit.Answer);
    }

    [Fact]
    public async Task A_size_that_was_too_large_is_remembered_and_grows_again_while_batches_pass()
    {
        await using var runner = Runner();
        _store.Fails = batch => batch.Count > 20 ? BatchFailure.Slow : null;
        await runner.Settle(Pending(100));
        Assert.Equal([100, 50, 25], _store.Batches.Select(b => b.Count).Where(count => count > 20));
        for (var round = 0; round < 5; round++) await runner.Settle(Pending(runner.Size));
        Assert.Equal(3, _store.Batches.Count(b => b.Count > 20));
        _store.Fails = static _ => null;
        for (var round = 0; round < 256; round++) await runner.Settle(Pending(runner.Size));
        Assert.Equal(256, runner.Size);
    }

    [Fact]
    public async Task One_unit_that_is_slow_says_nothing_of_the_size()
    {
        await using var runner = Runner();
        _store.Fails = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return BatchFailure.Slow;
        };
        var run = runner.Settle(Pending(1));
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(256, runner.Size);
    }

    [Fact]
    public async Task A_lock_that_is_no_partitions_holds_up_only_the_unit_that_needs_it()
    {
        var units = Pending(64);
        _store.Fails = batch => batch.Contains(units[5].Unit) ? BatchFailure.Locked : null;
        var run = Run(units);
        foreach (var unit in units.Where(u => u != units[5]))
            Assert.IsType<AppendResult.Appended>(await unit.Answer.Within(TimeSpan.FromSeconds(30)));
        Assert.False(units[5].Answer.IsCompleted);
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(() => units[5].Answer);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _services.Dispose();
    }

    private async Task Run(PendingUnit[] units)
    {
        await using var runner = Runner();
        await runner.Settle(units);
    }

    private BatchRunner Runner() =>
        new(_store, new(new(), _time, _metrics, new(), NullLogger.Instance), (batch, _) => Task.FromResult(batch), CancellationToken.None);

    private PendingUnit[] Pending(int count) =>
        [.. Enumerable.Range(0, count).Select(_ =>
            new PendingUnit(Some.Unit(Some.Tenant(), Some.Stream()), 1, _time.GetTimestamp(), null, new(new()), CancellationToken.None))];
}
