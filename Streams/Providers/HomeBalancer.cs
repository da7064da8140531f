using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Streams.Providers;

/// <summary>Delivers a partition of the log where it lives: the silo that writes it has its events in memory, and the feeds of its companies.</summary>
/// <remarks>
/// A silo of an earlier release shares the queues out by another rule. As long as there is one, each silo delivers all of them:
/// what comes twice is passed over by its consumer, what nobody delivered would be late.
/// </remarks>
internal sealed partial class HomeBalancer(IClusterManifestProvider manifests, IServiceProvider services, ILogger<HomeBalancer> logger)
    : QueueBalancerBase(services, logger)
{
    private ImmutableArray<QueueId> _all = [];
    private ImmutableArray<QueueId> _own = [];
    private Task _follows = Task.CompletedTask;

    /// <inheritdoc />
    public override async Task Initialize(IStreamQueueMapper queueMapper)
    {
        await base.Initialize(queueMapper);
        _all = [.. queueMapper.GetAllQueues()];
        _own = Own(manifests.Current);
        _follows = Follow();
    }

    /// <inheritdoc />
    public override async Task Shutdown()
    {
        await base.Shutdown();
        await _follows;
    }

    /// <inheritdoc />
    public override IEnumerable<QueueId> GetMyQueues() => _own;

    /// <summary>Nothing: the cluster's manifest follows its members, and says what they are.</summary>
    protected override void OnClusterMembershipChange(HashSet<SiloAddress> activeSilos)
    {
    }

    private async Task Follow()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await foreach (var manifest in manifests.Updates.WithCancellation(Cancellation)) await Take(Own(manifest));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Take(ImmutableArray<QueueId> own)
    {
        if (own.SequenceEqual(_own)) return;
        LogTaken(_own.Length, own.Length);
        _own = own;
        try
        {
            await NotifyListeners();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The next change tells the listeners again.
            LogFailed(e);
        }
    }

    private ImmutableArray<QueueId> Own(ClusterManifest cluster)
    {
        if (cluster.Silos.Values.Any(IsOfEarlierRelease)) return _all;
        var homes = PartitionHomes.Of([.. cluster.Silos.Keys], TenantId.Partitions);
        return [.. _all.Where((_, partition) => homes[partition].Equals(SiloAddress))];
    }

    private static bool IsOfEarlierRelease(GrainManifest silo) => !silo.Grains.Values.Any(PlacedByTenantAttribute.Marks);

    [LoggerMessage(LogLevel.Information, "This silo delivered {Before} partitions of the log and delivers {Now} now")]
    private partial void LogTaken(int before, int now);

    [LoggerMessage(LogLevel.Error, "The partitions that this silo delivers could not be changed")]
    private partial void LogFailed(Exception exception);
}
