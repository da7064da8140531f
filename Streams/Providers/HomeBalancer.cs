using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Streams.Providers;

/// <summary>
/// Delivers a partition of the log where it lives: the silo that writes it has its events in memory, and the feeds of its companies.
/// </summary>
/// <remarks>
/// A silo of an earlier release shares the queues out by another rule. As long as there is one, each silo delivers all of them:
/// what comes twice is passed over by its consumer, what nobody delivered would be late.
/// For the same reason a silo goes on for a while with partitions that have another home now.
/// </remarks>
internal sealed partial class HomeBalancer(
    IClusterManifestProvider manifests, IServiceProvider services, TimeProvider time, ILogger<HomeBalancer> logger)
    : QueueBalancerBase(services, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo delivers what another one should: silos hear of a change seconds apart, and somebody must.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private ImmutableArray<QueueId> _all = [];
    private ImmutableArray<QueueId> _own = [];
    private ImmutableArray<QueueId> _told = [];
    private Task _follows = Task.CompletedTask;

    /// <inheritdoc />
    public override async Task Initialize(IStreamQueueMapper queueMapper)
    {
        await base.Initialize(queueMapper);
        _all = [.. queueMapper.GetAllQueues()];
        _told = _own = Own(manifests.Current);
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
            await using var updates = manifests.Updates.GetAsyncEnumerator(Cancellation);
            for (var goesOn = true; goesOn;)
            {
                var change = updates.MoveNextAsync().AsTask();
                await Settle(change);
                goesOn = await change;
            }
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>Takes at once what is this silo's now, and leaves the rest later, if the cluster has not changed again by then.</summary>
    private async Task Settle(Task change)
    {
        var own = Own(manifests.Current);
        await Take([.. _all.Where(queue => own.Contains(queue) || _told.Contains(queue))]);
        if (own.SequenceEqual(_told)) return;
        await Task.WhenAny(change, Task.Delay(Overlap, time, Cancellation));
        Cancellation.ThrowIfCancellationRequested();
        if (!change.IsCompleted) await Take(Own(manifests.Current));
    }

    private async Task Take(ImmutableArray<QueueId> own)
    {
        if (own.SequenceEqual(_told)) return;
        _own = own;
        while (!await Tell()) await Task.Delay(Pause, time, Cancellation);
        LogTaken(_told.Length, own.Length);
        _told = own;
    }

    private async Task<bool> Tell()
    {
        try
        {
            await NotifyListeners();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e);
            return false;
        }
    }

    private ImmutableArray<QueueId> Own(ClusterManifest cluster)
    {
        if (cluster.Silos.IsEmpty || cluster.Silos.Values.Any(IsOfEarlierRelease)) return _all;
        var homes = PartitionHomes.Of([.. cluster.Silos.Keys], TenantId.Partitions);
        return [.. _all.Where((_, partition) => homes[partition].Equals(SiloAddress))];
    }

    private static bool IsOfEarlierRelease(GrainManifest silo) => !silo.Grains.Values.Any(PlacedByTenantAttribute.Marks);

    [LoggerMessage(LogLevel.Information, "This silo delivered {Before} partitions of the log and delivers {Now} now")]
    private partial void LogTaken(int before, int now);

    [LoggerMessage(LogLevel.Error, "The partitions that this silo delivers could not be changed; that is tried again")]
    private partial void LogFailed(Exception exception);
}
