using System.Diagnostics.Metrics;
using Tms.Api.Hosting;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>
/// Sees to it that access tokens are signed by new keys now and then. Every node looks; the store lets one of them make the key.
/// </summary>
internal sealed partial class KeyRotation : BackgroundService, IKeyRotation
{
    // Much less than a key is published ahead: each node has it long before it signs.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);
    private readonly SigningKeys _keys;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyRotation> _log;
    private readonly Meter _meter;
    private readonly Counter<long> _made;

    public KeyRotation(SigningKeys keys, ApiSettings settings, TimeProvider time, IMeterFactory meters, ILogger<KeyRotation> log)
    {
        (_keys, _lifetime, _time, _log) = (keys, settings.KeyLifetime, time, log);
        _meter = meters.Create("Tms.Keys");
        _made = _meter.CreateCounter<long>("tms.keys.made", "{key}", "Signing keys that this node has made.");
    }

    /// <inheritdoc />
    public Task<SigningKey> Force(CancellationToken cancel) => Follow(TimeSpan.Zero, cancel);

    /// <inheritdoc />
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, _time);
        do
        {
            try
            {
                await Follow(_lifetime, stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                LogPutOff(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<SigningKey> Follow(TimeSpan lifetime, CancellationToken cancel)
    {
        var (newest, made) = await _keys.Follow(lifetime, cancel);
        if (!made) return newest;
        _made.Add(1);
        LogMade(newest.Key.KeyId, newest.SignsFrom);
        return newest;
    }

    [LoggerMessage(LogLevel.Information, "Signing key {Kid} is published; it signs from {SignsFrom}")]
    private partial void LogMade(string kid, DateTimeOffset signsFrom);

    [LoggerMessage(LogLevel.Warning, "The signing keys cannot be read; those known here go on")]
    private partial void LogPutOff(Exception failure);
}
