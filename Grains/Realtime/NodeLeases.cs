using Tms.Grains.Abstractions.Realtime;

namespace Tms.Grains.Realtime;

/// <summary>How many connections each node has, each count until its lease ends.</summary>
internal sealed class NodeLeases(TimeProvider time)
{
    private readonly Dictionary<Guid, (int Connections, DateTimeOffset Until)> _nodes = [];

    /// <summary>Connections on all nodes that were heard of lately.</summary>
    internal int Total
    {
        get
        {
            var now = time.GetUtcNow();
            foreach (var (node, lease) in _nodes)
            {
                if (lease.Until <= now) _nodes.Remove(node);
            }

            return _nodes.Values.Sum(lease => lease.Connections);
        }
    }

    /// <summary>Counts a node's connections unless all together would be too many; its other ones count either way.</summary>
    internal bool TryEnter(Guid node, int connections, int limit)
    {
        Set(node, connections);
        if (Total <= limit) return true;
        Set(node, connections - 1);
        return false;
    }

    /// <summary>What a node has from now on.</summary>
    internal void Set(Guid node, int connections)
    {
        if (connections <= 0) _nodes.Remove(node);
        else _nodes[node] = (connections, time.GetUtcNow() + IUserConnectionsGrain.Lease);
    }
}
