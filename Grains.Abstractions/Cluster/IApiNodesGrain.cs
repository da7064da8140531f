using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Cluster;

/// <summary>Knows the Api processes that are up. One for the whole cluster: <see cref="Key"/>.</summary>
/// <remarks>
/// Soft state: who is not heard of for <see cref="Lease"/> is forgotten, and what a lost silo forgot is said again within a third of that.
/// </remarks>
[Alias("tms.api-nodes")]
public interface IApiNodesGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "api-nodes";

    /// <summary>How long what a node says holds; nodes say it again three times as often.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Says that a node is up, and how it is. One way.</summary>
    [OneWay, Alias("Renew")]
    Task Renew(ApiNode node);

    /// <summary>Says that a node stops.</summary>
    [Alias("Leave")]
    Task Leave(Guid node);

    /// <summary>The nodes that were heard of within the lease, the oldest first.</summary>
    [Alias("All")]
    Task<ApiNodeHeard[]> All();
}

/// <summary>An Api process as it describes itself.</summary>
/// <param name="Id">Made at its start.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="ProcessId">Id of the process there.</param>
/// <param name="Addresses">What it listens on.</param>
/// <param name="Version">Its build: <see cref="ProgramVersion"/>.</param>
/// <param name="StartedAt">When it began to serve, by its own clock.</param>
/// <param name="Silo">The silo inside it; null: it is a client of silos elsewhere.</param>
/// <param name="LiveConnections">Connections to its live hub.</param>
[GenerateSerializer, Immutable, Alias("tms.api-node")]
public sealed record ApiNode(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Host,
    [property: Id(2)] int ProcessId,
    [property: Id(3)] string[] Addresses,
    [property: Id(4)] string Version,
    [property: Id(5)] DateTimeOffset StartedAt,
    [property: Id(6)] SiloAddress? Silo,
    [property: Id(7)] long LiveConnections);

/// <summary>A node, and when it was last heard of.</summary>
/// <param name="Node">What it said.</param>
/// <param name="At">When, by the clock of the silo that heard it.</param>
[GenerateSerializer, Immutable, Alias("tms.api-node-heard")]
public sealed record ApiNodeHeard([property: Id(0)] ApiNode Node, [property: Id(1)] DateTimeOffset At);
