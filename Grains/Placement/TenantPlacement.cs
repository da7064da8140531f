using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime.Placement;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Grains.Placement;

/// <summary>Where grains of one tenant live: together.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("tms.tenant-placement")]
internal sealed class TenantPlacement : PlacementStrategy
{
    /// <summary>The only one: it has no settings.</summary>
    public static readonly TenantPlacement Instance = new();
}

/// <summary>Finds the grain types that <see cref="PlacedByTenantAttribute"/> marks.</summary>
/// <remarks>
/// In this silo's own manifest: the properties that Orleans gives may be those of a silo of an earlier release, and the answer is kept for
/// good.
/// </remarks>
internal sealed class TenantPlacementResolver(IClusterManifestProvider manifests) : IPlacementStrategyResolver
{
    /// <inheritdoc />
    public bool TryResolvePlacementStrategy(GrainType grainType, GrainProperties? properties, out PlacementStrategy result)
    {
        result = TenantPlacement.Instance;
        return manifests.LocalGrainManifest.Grains.TryGetValue(grainType, out var own) && PlacedByTenantAttribute.Marks(own);
    }
}

/// <summary>Adds the placement to a silo.</summary>
internal static class TenantPlacementServices
{
    /// <summary>Has every grain type that is marked live with its tenant.</summary>
    public static void AddTenantPlacement(this IServiceCollection services)
    {
        services.AddSingleton<IPlacementStrategyResolver, TenantPlacementResolver>();
        services.AddPlacementDirector<TenantPlacement, TenantDirector>();
    }
}
