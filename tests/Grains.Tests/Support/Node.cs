using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Tests.Support;

/// <summary>An API node that only remembers what it was sent.</summary>
internal sealed class Node : INodeFeed
{
    private readonly List<long> _sequences = [];

    public Counted Received { get; } = new();

    public long[] Sequences
    {
        get
        {
            lock (_sequences) return [.. _sequences];
        }
    }

    public Task Deliver(DeliveredEvent[] events)
    {
        lock (_sequences) _sequences.AddRange(events.Select(e => e.Sequence));
        Received.Add(events.Length);
        return Task.CompletedTask;
    }
}
