using Tms.EndToEnd.Tests.Cluster;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>
/// Several processes on the machine, and what they must do within seconds: nothing else may run beside them. Two clusters of them are
/// shared.
/// </summary>
/// <remarks>
/// Whoever adds a node to a shared cluster stops it, which hands its grains over; whoever kills one has a cluster of its own.
/// </remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection : ICollectionFixture<NodesWithSilosInside>, ICollectionFixture<NodesOfASiloOutside>
{
    public const string Name = "alone";
}
