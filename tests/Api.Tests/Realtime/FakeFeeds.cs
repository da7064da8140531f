using System.Collections.Concurrent;
using Tms.Api.Events;
using Tms.Api.Realtime;
using Tms.EventStore;
using Tms.Grains.Abstractions.Realtime;

namespace Tms.Api.Tests.Realtime;

/// <summary>Feeds that deliver what the test says, when it says.</summary>
internal sealed class FakeFeeds : ICompanyFeeds
{
    private readonly ConcurrentDictionary<Guid, INodeFeed> _nodes = new();
    private int _registrations;

    public int Registrations => Volatile.Read(ref _registrations);

    /// <summary>While set, nobody can register.</summary>
    public bool Down { get; set; }

    public bool IsRegistered(Guid tenant) => _nodes.ContainsKey(tenant);

    public Task Register(Guid tenant, INodeFeed node)
    {
        if (Down) throw new TimeoutException("No feed answers.");
        _nodes[tenant] = node;
        Interlocked.Increment(ref _registrations);
        return Task.CompletedTask;
    }

    public Task Unregister(Guid tenant, INodeFeed node)
    {
        _nodes.TryRemove(tenant, out _);
        return Task.CompletedTask;
    }

    public Task Deliver(params RecordedEvent[] events)
    {
        var delivered = events.Select(e => e.ToDelivered()).ToArray();
        return _nodes.TryGetValue(events[0].Tenant.Value, out var node) ? node.Deliver(delivered) : Task.CompletedTask;
    }
}
