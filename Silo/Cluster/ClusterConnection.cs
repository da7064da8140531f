namespace Tms.Silo.Cluster;

/// <summary>A client's view of its cluster: how many silos it is connected to. It never gives up looking for one.</summary>
internal sealed partial class ClusterConnection(TimeProvider time, ILogger<ClusterConnection> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile int _gateways;
    private bool _told;

    /// <summary>Whether a silo can be reached.</summary>
    public bool IsUp => _gateways > 0;

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_told)
        {
            _told = true;
            LogWaiting(exception.Message);
        }

        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    internal void Changed(object? sender, GatewayCountChangedEventArgs e)
    {
        _gateways = e.NumberOfConnectedGateways;
        if (_gateways == 0) LogLost();
        else if (e.ConnectionRecovered || e.PreviousNumberOfConnectedGateways == 0) LogConnected(_gateways);
    }

    [LoggerMessage(LogLevel.Warning, "No silo of the cluster answers; waiting for one: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "All silos of the cluster are lost; looking for them")]
    private partial void LogLost();

    [LoggerMessage(LogLevel.Information, "Connected to {Silos} silos of the cluster")]
    private partial void LogConnected(int silos);
}
