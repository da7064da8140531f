using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Realtime;

/// <summary>Counts one user's live connections on all API nodes. Key: <c>tenant/user</c>, the user's own tenant.</summary>
/// <remarks>
/// Soft state: what a node has not said again for <see cref="Lease"/> is forgotten, and what a lost silo forgot is said again by then.
/// A node says how many connections it has, never how many more: a call that is repeated, late or lost does no lasting harm.
/// </remarks>
[Alias("tms.user-connections")]
public interface IUserConnectionsGrain : IGrainWithStringKey
{
    /// <summary>How long what a node says holds; nodes say it again three times as often.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    /// <summary>Asks for one more connection.</summary>
    /// <param name="node">Which node, one id per process.</param>
    /// <param name="connections">How many the node has, the new one included.</param>
    /// <param name="limit">How many the user may have on all nodes.</param>
    /// <returns>False where that is too many; the node then has one less.</returns>
    [Alias("Enter")]
    Task<bool> Enter(Guid node, int connections, int limit);

    /// <summary>Says how many connections a node has now; 0: it has none any more. One way.</summary>
    [OneWay, Alias("Renew")]
    Task Renew(Guid node, int connections);
}
