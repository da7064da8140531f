using Tms.Grains.Abstractions.Cluster;

namespace Tms.Grains.Cluster;

/// <summary>Remembers who said that it is up, each until its lease ends.</summary>
[GrainType("apinodes")]
internal sealed class ApiNodesGrain(TimeProvider time) : Grain, IApiNodesGrain
{
    private readonly Dictionary<Guid, ApiNodeHeard> _nodes = [];

    /// <inheritdoc />
    public Task Renew(ApiNode node)
    {
        _nodes[node.Id] = new(node, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Leave(Guid node)
    {
        _nodes.Remove(node);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ApiNodeHeard[]> All()
    {
        var since = time.GetUtcNow() - IApiNodesGrain.Lease;
        foreach (var (id, heard) in _nodes)
        {
            if (heard.At <= since) _nodes.Remove(id);
        }

        return Task.FromResult(_nodes.Values.OrderBy(heard => heard.Node.StartedAt).ToArray());
    }
}
