using Tms.Grains.Abstractions.Cluster;

namespace Tms.Api.Admin;

/// <summary>Tells the cluster that this Api process is up, for whoever looks at the cluster; and that it goes.</summary>
internal sealed partial class ThisNode(
    NodeCard card, IGrainFactory grains, IHostApplicationLifetime life, NodeMetrics metrics, TimeProvider time, ILogger<ThisNode> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = IApiNodesGrain.Lease / 3;
    private bool _unheard;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Answered.InTime(time, async _ =>
        {
            await Nodes.Leave(card.Id);
            return true;
        }, CancellationToken.None);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Serving(stoppingToken);
        using var tick = new PeriodicTimer(Interval, time);
        do
        {
            await Say();
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private IApiNodesGrain Nodes => grains.GetGrain<IApiNodesGrain>(IApiNodesGrain.Key);

    private async Task Serving(CancellationToken stop)
    {
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = life.ApplicationStarted.Register(serving.SetResult);
        await serving.Task.WaitAsync(stop);
    }

    private async Task Say()
    {
        try
        {
            await Nodes.Renew(card.Now);
            if (_unheard) LogHeard();
            _unheard = false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            metrics.Unheard();
            if (!_unheard) LogUnheard(e);
            _unheard = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The cluster does not hear that this node is up: operators do not see it among the nodes")]
    private partial void LogUnheard(Exception failure);

    [LoggerMessage(LogLevel.Information, "The cluster hears of this node again")]
    private partial void LogHeard();
}
