using Orleans.Runtime.Placement;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Placement;

/// <summary>Places a grain on the home of its tenant's partition. Every silo that sees the same silos says the same.</summary>
/// <remarks>
/// One silo then writes a partition of the log: what its lane remembers of a company stays true, its batches are whole, and nobody queues
/// for its lock.
/// The platform's grains (administrators, sessions, keys) belong to everybody's calls and are spread by their own ids instead.
/// Nothing but speed depends on it: activations stay where they are if silos come, and other silos may write the partition at any time.
/// </remarks>
internal sealed class TenantDirector : IPlacementDirector
{
    private volatile Known? _last;

    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint) return Task.FromResult(hint);
        return Task.FromResult(HomesOf(silos)[PartitionOf(target.GrainIdentity.Key)]);
    }

    // The same silos are given nearly every time, and every new activation asks.
    private SiloAddress[] HomesOf(SiloAddress[] silos)
    {
        if (_last is { } last && last.Silos.AsSpan().SequenceEqual(silos)) return last.Homes;
        var homes = PartitionHomes.Of(silos, TenantId.Partitions);
        _last = new(silos, homes);
        return homes;
    }

    private sealed record Known(SiloAddress[] Silos, SiloAddress[] Homes);

    /// <summary>The partition that a grain goes by.</summary>
    public static int PartitionOf(IdSpan key)
    {
        var bytes = key.AsSpan();
        return GrainKey.TryReadTenant(bytes, out var tenant) && new TenantId(tenant) is var id && id != TenantId.Platform
            ? id.Partition
            : (int)(StableHash.ComputeHash(bytes) % TenantId.Partitions);
    }
}
