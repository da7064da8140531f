using Orleans.Metadata;

namespace Tms.Grains.Abstractions.Cluster;

/// <summary>Has the grains of a class live together with all others of their tenant. Their key begins with the tenant's id.</summary>
/// <remarks>
/// Written into the manifest as a property of our own and not as Orleans' placement strategy:
/// a silo of an earlier release does not know the strategy, and could then place no such grain at all.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlacedByTenantAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    private const string Property = "tms-placed-by-tenant";

    /// <summary>Whether grains of a type are placed so.</summary>
    public static bool Marks(GrainProperties type) => type.Properties.ContainsKey(Property);

    /// <inheritdoc />
    public void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[Property] = bool.TrueString;
}
