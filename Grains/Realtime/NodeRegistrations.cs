using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Realtime;

/// <summary>The API nodes that want a company's events, each until its lease ends.</summary>
internal sealed class NodeRegistrations(TimeProvider time)
{
    private readonly Dictionary<INodeFeed, DateTimeOffset> _until = [];

    internal void Renew(INodeFeed node) => _until[node] = time.GetUtcNow() + ICompanyFeedGrain.Lease;

    internal void Remove(INodeFeed node) => _until.Remove(node);

    /// <summary>Sends to every node whose lease holds, waits for none, and forgets the others.</summary>
    internal void Send(DeliveredEvent[] events)
    {
        if (_until.Count == 0 || events.Length == 0) return;
        var now = time.GetUtcNow();
        foreach (var (node, until) in _until)
        {
            if (until <= now)
            {
                _until.Remove(node);
                continue;
            }

            node.Deliver(events).Ignore();
        }
    }
}
