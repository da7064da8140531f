namespace Tms.Silo.Cluster;

/// <summary>
/// The time between the signal to stop and the stop: the process says that it is not ready, and still serves, until load balancers have
/// noticed.
/// </summary>
internal sealed partial class Drain(SiloOptions options, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService
{
    private volatile bool _draining;

    /// <summary>Whether the process was told to stop.</summary>
    public bool IsDraining => _draining;

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        if (options.DrainDelay == TimeSpan.Zero) return;
        LogDraining(options.DrainDelay);
        await Task.Delay(options.DrainDelay, time, cancellationToken);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Told to stop: not ready any more, and serving for another {Delay}")]
    private partial void LogDraining(TimeSpan delay);
}
