using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Streams.Providers;

/// <summary>Saves the checkpoints of this silo's partitions together, at most once a period: nobody waits for it.</summary>
internal sealed partial class CheckpointKeeper : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, GlobalPosition> _moved = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly ICheckpoints _store;
    private readonly TimeSpan _period;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _scheduled;
    private bool _failing;

    public CheckpointKeeper(ICheckpoints store, IOptions<LogStreamOptions> options, TimeProvider time, ILogger<CheckpointKeeper> logger)
    {
        (_store, _period, _logger) = (store, options.Value.CheckpointPeriod, logger);
        _timer = time.CreateTimer(_ => _ = OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _saving.Dispose();
    }

    /// <summary>Notes that a partition was delivered up to a position; it is saved within the period.</summary>
    internal void Moved(int partition, GlobalPosition position)
    {
        _moved[partition] = position;
        Schedule();
    }

    /// <summary>Saves what has moved, now. Never throws: what is not saved is delivered again.</summary>
    internal async Task Flush(CancellationToken cancel)
    {
        try
        {
            await _saving.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await SaveOnce(cancel);
        _saving.Release();
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private async Task OnTimer()
    {
        Volatile.Write(ref _scheduled, 0);
        await Flush(CancellationToken.None);
    }

    private async Task SaveOnce(CancellationToken cancel)
    {
        var positions = _moved.ToArray();
        if (positions.Length == 0) return;
        try
        {
            await _store.Save(CompanyStream.Provider, positions.ToDictionary(), cancel);
            foreach (var saved in positions) _moved.TryRemove(saved);
            if (_failing) LogSavedAgain();
            _failing = false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_failing) LogNotSaved(e);
            _failing = true;
            Schedule();
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Checkpoints could not be saved; they are tried again every period. After a crash more events are delivered twice.")]
    private partial void LogNotSaved(Exception e);

    [LoggerMessage(LogLevel.Information, "Checkpoints are saved again.")]
    private partial void LogSavedAgain();
}
