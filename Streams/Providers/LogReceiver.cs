using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Streams.Providers;

/// <summary>Reads one partition of the log after its checkpoint. Woken by signals, never throws, asks an idle store nothing.</summary>
internal sealed partial class LogReceiver(
    LogSource source, CheckpointKeeper checkpoints, StreamMetrics metrics, LogStreamOptions options, int partition,
    ILogger<LogReceiver> logger)
    : IQueueAdapterReceiver
{
    private readonly DeliveryProgress _progress = new(partition);
    private GlobalPosition? _after;
    private ReadOnlyMemory<RecordedEvent> _rest;
    private long _lastRead;
    private int _failures;

    public Task Initialize(TimeSpan timeout) => Initialize(timeout, CancellationToken.None);

    /// <summary>The checkpoint is loaded with the first read, where an absent store is waited for.</summary>
    public Task Initialize(TimeSpan timeout, CancellationToken cancellationToken)
    {
        metrics.Watch(_progress);
        return Task.CompletedTask;
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        try
        {
            return await Next(maxCount, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await BackOffAfter(e, cancellationToken);
            return [];
        }
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken)
    {
        if (messages.LastOrDefault() is not LogBatch last) return Task.CompletedTask;
        metrics.Delivered(_progress.Arrived(last));
        checkpoints.Moved(partition, _progress.Position);
        return Task.CompletedTask;
    }

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public async Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken)
    {
        metrics.Unwatch(_progress);
        using var late = new CancellationTokenSource(timeout, source.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await checkpoints.Flush(limit.Token);
    }

    private async Task<IList<IBatchContainer>> Next(int maxCount, CancellationToken cancel)
    {
        if (_rest.IsEmpty) await Read(cancel);
        if (_rest.IsEmpty) return [];
        var (batches, taken) = LogBatches.Cut(_rest.Span, _after!.Value, Math.Max(1, maxCount));
        _after = _rest.Span[taken - 1].Position;
        _rest = _rest[taken..];
        _progress.Sent(batches);
        return batches;
    }

    private async Task Read(CancellationToken cancel)
    {
        _after ??= await StartFrom(cancel);
        if (!await source.Signals.WaitBeyond(partition, _after.Value, options.LongPoll, cancel)) return;
        await Coalesce(cancel);
        metrics.Read();
        _rest = (await source.Read(partition, _after.Value, cancel)).ToArray();
        _lastRead = _rest.Length == options.ReadLimit ? 0 : source.Time.GetTimestamp();
        Recovered();
    }

    private async Task<GlobalPosition> StartFrom(CancellationToken cancel)
    {
        var position = await source.Checkpoint(CompanyStream.Provider, partition, cancel);
        _progress.StartAt(position);
        return position;
    }

    // A read directly after another one waits a little for what commits meanwhile; after a pause, or in a backlog, it goes at once.
    private Task Coalesce(CancellationToken cancel)
    {
        if (_lastRead == 0) return Task.CompletedTask;
        var left = options.Coalesce - source.Time.GetElapsedTime(_lastRead);
        return left > TimeSpan.Zero ? Task.Delay(left, source.Time, cancel) : Task.CompletedTask;
    }

    private async Task BackOffAfter(Exception e, CancellationToken cancel)
    {
        metrics.Failed();
        if (_failures == 0) LogUnreadable(partition, e);
        var pause = BackOff.After(_failures++, options.FirstBackOff, options.LongestBackOff);
        await Task.Delay(pause, source.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Recovered()
    {
        if (_failures > 0) LogReadable(partition, _failures);
        _failures = 0;
    }

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} of the log cannot be read; its events wait.")]
    private partial void LogUnreadable(int partition, Exception e);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} of the log is read again after {Failures} failures.")]
    private partial void LogReadable(int partition, int failures);
}
