using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>Follows the platform's log on behalf of this node, so that what another node revoked does not hold here either.</summary>
/// <remarks>
/// Woken by commits of the platform's partition, and every <see cref="LookEvery"/> in case that was lost. Memory answers while it was
/// compared with the log within <see cref="Sure"/>; past that the request itself asks the store.
/// </remarks>
internal sealed partial class RevocationFeed(
    RevocationReader reader, IPartitionSignals signals, RecentRevocations known, RevocationMetrics metrics, TimeProvider time,
    ILogger<RevocationFeed> log)
    : BackgroundService, IRevocations
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan Sure = TimeSpan.FromSeconds(2);

    // Other tenants of the partition wake the loop too: however much they commit, it asks no more often.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _confirmedAt = long.MinValue;
    private bool _failing;

    /// <inheritdoc />
    public bool IsSure => Volatile.Read(ref _confirmedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) <= Sure;

    /// <inheritdoc />
    public ValueTask<bool> IsRevoked(Caller caller, CancellationToken cancel) =>
        IsSure || IsKnown(caller) ? ValueTask.FromResult(IsKnown(caller)) : Ask(caller, cancel);

    /// <inheritdoc />
    public Task Follow(CancellationToken cancel) => Confirm(static () => false, cancel);

    /// <inheritdoc />
    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var heard = signals.Heard(TenantId.Platform.Partition);
            await Look(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
            await signals.WaitBeyond(TenantId.Platform.Partition, heard, LookEvery - Pause, stoppingToken);
        }
    }

    private bool IsKnown(Caller caller) => known.Names(caller.UserId, caller.TokenId, caller.SessionId, caller.UserVersion);

    private async ValueTask<bool> Ask(Caller caller, CancellationToken cancel)
    {
        metrics.Asked();
        await Confirm(() => IsSure, cancel);
        return IsKnown(caller);
    }

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            await Follow(cancel);
            if (_failing) LogFollows();
            _failing = false;
        }
        catch (StoreUnavailableException e)
        {
            if (!_failing) LogLost(e);
            _failing = true;
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    // One read at a time serves everybody who waits for it.
    private async Task Confirm(Func<bool> isDone, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await _reading.WaitAsync(limit.Token);
            try
            {
                if (!isDone()) await Read(limit.Token);
            }
            finally
            {
                _reading.Release();
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The revocations cannot be read.", e);
        }
    }

    private async Task Read(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        await reader.CatchUp(cancel);
        Volatile.Write(ref _confirmedAt, started);
        metrics.Confirmed(started);
    }

    [LoggerMessage(LogLevel.Warning, "The platform's log cannot be followed; requests ask the store for revocations themselves")]
    private partial void LogLost(Exception failure);

    [LoggerMessage(LogLevel.Information, "The platform's log is followed again")]
    private partial void LogFollows();
}
