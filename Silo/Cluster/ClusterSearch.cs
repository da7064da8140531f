namespace Tms.Silo.Cluster;

/// <summary>Looks for a silo while a client reaches none.</summary>
/// <remarks>
/// Orleans connects only to send something, and a node that is not ready is given nothing to send: left alone it would find its silos again
/// with Orleans' own question of once a minute.
/// </remarks>
internal sealed class ClusterSearch(ClusterConnection cluster, IGrainFactory grains, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Pause, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            if (!cluster.IsUp) await Ask(stoppingToken);
        }
    }

    // Any question does; what counts is the connection, of which ClusterConnection hears.
    private async Task Ask(CancellationToken cancel)
    {
        try
        {
            await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancel).WaitAsync(Patience, time, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            // Not yet: the next tick asks again.
        }
    }
}
