using System.Collections.Concurrent;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>The bridges of this node: one per company with connections, all driven by one timer, ended together.</summary>
internal sealed class LiveBridges(ICompanyFeeds feeds, LiveServices live, IHostApplicationLifetime lifetime) : BackgroundService, INodeFeed
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Guid, CompanyBridge> _bridges = new();
    private readonly ConnectionList _connections = new();
    private readonly BridgeRounds _rounds = new(live);
    private CancellationTokenRegistration _farewell;
    private volatile bool _stopping;

    /// <summary>How many connections are served.</summary>
    public int Connections => _connections.Count;

    /// <summary>Starts a connection on its company's bridge, which is opened when there is none.</summary>
    public void Attach(LiveConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
            var bridge = connection.Company is { } company ? _bridges.GetOrAdd(company, Open) : null;
            bridge?.Connections.Add(connection);
            connection.Start(bridge);
        }

        if (_stopping)
        {
            connection.Close(CloseReason.Shutdown);
        }
    }

    /// <summary>Forgets a connection.</summary>
    public void Detach(LiveConnection connection)
    {
        connection.Leave();
        _connections.Remove(connection);
        if (connection.Company is { } company && _bridges.TryGetValue(company, out var bridge))
        {
            bridge.Connections.Remove(connection);
        }
    }

    /// <inheritdoc />
    public Task Deliver(DeliveredEvent[] events)
    {
        if (events.Length > 0 && _bridges.TryGetValue(events[0].Tenant, out var bridge))
        {
            bridge.Offer(events);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // SignalR cuts its connections when the host begins to stop; what is registered later is called earlier.
        _farewell = lifetime.ApplicationStopping.Register(SayFarewell);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _farewell.DisposeAsync();
        SayFarewell();
        foreach (var company in _bridges.Keys)
        {
            await Close(company);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, live.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Tick(stoppingToken);
        }
    }

    private void Tick(CancellationToken stopping)
    {
        foreach (var connection in _connections.Snapshot())
        {
            connection.Tick();
        }

        foreach (var (company, bridge) in _bridges)
        {
            if (!bridge.Tick())
            {
                _ = CloseIdle(company, bridge);
            }
        }

        _rounds.Tick(_bridges.Values, stopping);
    }

    private CompanyBridge Open(Guid company)
    {
        live.Metrics.Bridge(1);
        return new(company, live, new FeedRegistration(company, feeds, this, live.Time, live.Log));
    }

    private Task CloseIdle(Guid company, CompanyBridge bridge)
    {
        lock (_gate)
        {
            if (bridge.Connections.Count > 0)
            {
                return Task.CompletedTask;
            }

            _bridges.TryRemove(company, out _);
        }

        return Close(bridge);
    }

    private Task Close(Guid company) => _bridges.TryRemove(company, out var bridge) ? Close(bridge) : Task.CompletedTask;

    private async Task Close(CompanyBridge bridge)
    {
        live.Metrics.Bridge(-1);
        await bridge.DisposeAsync();
    }

    /// <summary>Tells every client to go elsewhere and gives it a moment to do so.</summary>
    private void SayFarewell()
    {
        _stopping = true;
        _connections.Close(CloseReason.Shutdown);
        Task.WhenAll(_connections.Snapshot().Select(connection => connection.Gone)).Wait(FarewellTime);
    }
}
