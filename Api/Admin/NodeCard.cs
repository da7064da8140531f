using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tms.Api.Realtime;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Api.Admin;

/// <summary>What this Api process tells of itself.</summary>
internal sealed class NodeCard(ISiloMembers members, IServer server, LiveMetrics live, TimeProvider time)
{
    private ApiNode? _node;

    /// <summary>Names this process in the cluster.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The process as it is now; to be asked once it serves, for before that it has no addresses.</summary>
    public ApiNode Now => (_node ??= First()) with { LiveConnections = live.Open };

    private ApiNode First() => new(
        Id, Environment.MachineName, Environment.ProcessId, [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []],
        ProgramVersion.Text, time.GetUtcNow(), members.Own, 0);
}
