using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Tests.Support;
using Tms.Streams.Providers;
using Tms.Testing.Logging;
using Xunit;

namespace Tms.Grains.Tests.Streams;

public sealed class LogReceiverTests : IAsyncDisposable
{
    private readonly TenantId _company = World.Company();
    private readonly MemoryLog _log = new();
    private readonly MemoryCheckpoints _checkpoints = new();
    private readonly FakeTimeProvider _time = new();
    private readonly HeardLog _heard = new();
    private readonly IOptions<LogStreamOptions> _options = Options.Create(
        new LogStreamOptions { LongPoll = TimeSpan.FromMilliseconds(20) });
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LogSource _source;
    private readonly CheckpointKeeper _keeper;
    private readonly StreamMetrics _metrics;
    private readonly LogReceiver _receiver;

    public LogReceiverTests()
    {
        _source = new LogSource(_log, _log, _checkpoints, _time, _options);
        _keeper = new CheckpointKeeper(_checkpoints, _options, _time, _heard.For<CheckpointKeeper>());
        _metrics = new StreamMetrics(_services.GetRequiredService<IMeterFactory>(), _log, _time);
        _receiver = new LogReceiver(_source, _keeper, _metrics, _options.Value, _company.Partition, NullLogger<LogReceiver>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        _source.Dispose();
        _metrics.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task The_first_event_after_a_pause_is_read_at_once()
    {
        _log.Append(_company, "A");
        await Read();
        _time.Advance(TimeSpan.FromSeconds(1));
        _log.Append(_company, "A");

        Assert.True(Read().IsCompleted);
    }

    [Fact]
    public async Task Commits_shortly_after_a_read_share_the_next_one()
    {
        _log.Append(_company, "A");
        await Read();

        _log.Append(_company, "B");
        var next = Read();
        _log.Append(_company, "C");
        Assert.False(next.IsCompleted);
        _time.Advance(_options.Value.Coalesce);

        Assert.Equal(2, ((LogBatch)Assert.Single(await next)).Events.Length);
        Assert.Equal(2, _log.PartitionReads.Count);
    }

    [Fact]
    public async Task Nothing_new_is_an_empty_list() => Assert.Empty(await Read());

    [Fact]
    public async Task A_cancelled_read_is_an_empty_list()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Empty(await _receiver.GetQueueMessagesAsync(10, cancelled.Token));
    }

    [Fact]
    public async Task A_shutdown_saves_what_was_delivered()
    {
        _log.Append(_company, "A");
        var batches = await Read();
        await _receiver.MessagesDeliveredAsync(batches, TestContext.Current.CancellationToken);
        Assert.Equal(0, _checkpoints.Saves.Count);

        await _receiver.Shutdown(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Equal(((LogBatch)batches[0]).Safe, _checkpoints.Of(_company).Value);
    }

    [Fact]
    public async Task Checkpoints_are_saved_once_a_period()
    {
        _log.Append(_company, "A");
        var batches = await Read();
        for (var i = 0; i < 5; i++) await _receiver.MessagesDeliveredAsync(batches, TestContext.Current.CancellationToken);
        _time.Advance(_options.Value.CheckpointPeriod);

        await _checkpoints.Saves.Reaches(1);
        Assert.Equal(1, _checkpoints.Saves.Count);
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_saved_are_told_of_once_and_once_more_when_they_can()
    {
        _checkpoints.Down = true;
        _keeper.Moved(_company.Partition, new GlobalPosition(10));
        for (var i = 0; i < 3; i++) await _keeper.Flush(TestContext.Current.CancellationToken);
        _checkpoints.Down = false;
        for (var i = 0; i < 3; i++) await _keeper.Flush(TestContext.Current.CancellationToken);

        Assert.Equal(
            (1, 1), (_heard.Count("Warning: Checkpoints could not be saved"), _heard.Count("Information: Checkpoints are saved again")));
    }

    private Task<IList<IBatchContainer>> Read() => _receiver.GetQueueMessagesAsync(25, TestContext.Current.CancellationToken);
}
