using Microsoft.AspNetCore.SignalR;

namespace Tms.Api.Realtime;

/// <summary>Takes connections in and lets them go; SignalR's own manager stays below it for everything but events.</summary>
internal sealed class LiveConnections(LiveBridges bridges, LiveServices live, ILogger<DefaultHubLifetimeManager<LiveHub>> log)
    : DefaultHubLifetimeManager<LiveHub>(log)
{
    private readonly UserConnections _users = new(live.Options.ConnectionsPerUser);

    /// <inheritdoc />
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        live.Metrics.Connection(1);
        var outbox = new LiveOutbox(connection, live.Time);
        var start = LiveStart.From(connection.GetHttpContext(), out var refused);
        if (start is not null && !_users.TryEnter(start.Caller.UserId))
        {
            refused = CloseReason.TooMany;
        }

        if (refused is not null)
        {
            live.Metrics.Dropped(refused.Code);
            await outbox.Close(refused);
            return;
        }

        var opened = new LiveConnection(outbox, start!, live);
        connection.Features.Set(opened);
        bridges.Attach(opened);
    }

    /// <inheritdoc />
    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        live.Metrics.Connection(-1);
        if (connection.Features.Get<LiveConnection>() is { } opened)
        {
            _users.Leave(opened.Caller.UserId);
            bridges.Detach(opened);
            await opened.Served;
        }

        await base.OnDisconnectedAsync(connection);
    }
}
