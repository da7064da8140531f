using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Tms.Api.Realtime;

/// <summary>Takes connections in and lets them go; SignalR's own manager stays below it for everything but events.</summary>
internal sealed class LiveConnections(
    LiveBridges bridges, UserConnections users, LiveOwners owners, LiveServices live, ILogger<DefaultHubLifetimeManager<LiveHub>> log)
    : DefaultHubLifetimeManager<LiveHub>(log)
{
    /// <inheritdoc />
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        live.Metrics.Connection(1);
        var outbox = new LiveOutbox(connection, live.Time, live.Options.LastWords);
        var start = LiveStart.From(connection.GetHttpContext(), out var refused);
        if (start is not null && !await users.TryEnter(start.Caller.Key))
        {
            refused = CloseReason.TooMany;
        }

        if (refused is not null)
        {
            live.Metrics.Dropped(refused.Code);
            await outbox.Close(refused);
            return;
        }

        Narrow(connection);
        owners.Enter(connection.GetHttpContext(), start!.Caller.Key);
        var opened = new LiveConnection(outbox, start, live);
        connection.Features.Set(opened);
        if (connection.Protocol is CountedProtocol counted) counted.Connection = opened;
        bridges.Attach(opened);
    }

    // What the machine keeps of a connection comes before every answer: of a client that takes its time it could be megabytes.
    private void Narrow(HubConnectionContext connection)
    {
        if (connection.GetHttpContext()?.Features.Get<IConnectionSocketFeature>() is { } connected)
            connected.Socket.SendBufferSize = live.Options.SendBufferBytes;
    }

    /// <inheritdoc />
    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        live.Metrics.Connection(-1);
        if (connection.Features.Get<LiveConnection>() is { } opened)
        {
            owners.Leave(connection.GetHttpContext());
            bridges.Detach(opened);
            await users.Leave(opened.User);
            await opened.Served;
        }

        await base.OnDisconnectedAsync(connection);
    }
}
