using Tms.Grains.Abstractions.Realtime;

namespace Tms.Grains.Realtime;

// Nobody's connections are renewed within seconds: idle for this long it has none.
[GrainType("userconnections"), CollectionAgeLimit(Minutes = 2)]
internal sealed class UserConnectionsGrain(TimeProvider time) : Grain, IUserConnectionsGrain
{
    private readonly NodeLeases _nodes = new(time);

    /// <inheritdoc />
    public Task<bool> Enter(Guid node, int connections, int limit) => Task.FromResult(_nodes.TryEnter(node, connections, limit));

    /// <inheritdoc />
    public Task Renew(Guid node, int connections)
    {
        _nodes.Set(node, connections);
        if (_nodes.Total == 0) DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
