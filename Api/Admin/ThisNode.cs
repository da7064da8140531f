using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tms.Api.Realtime;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Api.Admin;

/// <summary>Tells the cluster that this Api process is up, for whoever looks at the cluster; and that it goes.</summary>
internal sealed class ThisNode(ISiloMembers members, IGrainFactory grains, IServer server, LiveMetrics live, IHostApplicationLifetime life, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = IApiNodesGrain.Lease / 3;

    /// <summary>Names this process in the cluster.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Answered.InTime(time, async _ =>
        {
            await Nodes.Leave(Id);
            return true;
        }, CancellationToken.None);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Serving(stoppingToken);
        var node = Describe();
        using var tick = new PeriodicTimer(Interval, time);
        do
        {
            await Say(node with { LiveConnections = live.Open });
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

    private ApiNode Describe() => new(
        Id, Environment.MachineName, Environment.ProcessId, [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []], ProgramVersion.Text, time.GetUtcNow(), members.Own, 0);

    private async Task Say(ApiNode node)
    {
        try
        {
            await Nodes.Renew(node);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is said again in a few seconds.
        }
    }
}
