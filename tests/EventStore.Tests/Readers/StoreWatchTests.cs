using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Tests.Readers;

public sealed class StoreWatchTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreWatch _watch;

    public StoreWatchTests() => _watch = new(_services.GetRequiredService<IMeterFactory>(), _time);

    [Fact]
    public async Task The_store_is_up_from_its_first_answer_to_its_first_failure()
    {
        Assert.False(_watch.IsUp);
        await _watch.Ask(() => Task.CompletedTask, Pause);
        Assert.True(_watch.IsUp);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _watch.Ask(() => throw new StoreUnavailableException("away"), Pause));
        Assert.False(_watch.IsUp);
        await _watch.Ask(() => Task.CompletedTask, Pause);
        Assert.True(_watch.IsUp);
    }

    [Fact]
    public async Task A_store_that_leaves_a_question_open_is_down_before_long()
    {
        await _watch.Ask(() => Task.CompletedTask, Pause);
        _ = _watch.Ask(() => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken), Pause);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_watch.IsUp);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_watch.IsUp);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _services.Dispose();
    }
}
