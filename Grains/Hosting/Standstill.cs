using Microsoft.Extensions.Logging;

namespace Tms.Grains.Hosting;

/// <summary>
/// Notices that this process stood still: a frozen host, a paused container. Others may have gone on with its aggregates meanwhile.
/// </summary>
/// <remarks>
/// A silo that was declared dead while it stood still learns of that seconds after it goes on. Until then its activations are second ones,
/// and what they remember may be old: they ask the log before they answer.
/// </remarks>
public sealed partial class Standstill : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // Silos are declared dead after three seconds of silence at the earliest.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private long _last;
    private DateTimeOffset _lastUtc;
    private long _doubtfulUntil;

    /// <param name="time">The clock.</param>
    /// <param name="log">Hears of each standstill.</param>
    public Standstill(TimeProvider time, ILogger<Standstill> log)
    {
        (_time, _log, _last, _lastUtc) = (time, log, time.GetTimestamp(), time.GetUtcNow());
        _timer = time.CreateTimer(_ => Look(), null, Beat, Beat);
    }

    /// <summary>Whether what this process remembers of others' doings may be old.</summary>
    public bool IsDoubtful =>
        _time.GetElapsedTime(Volatile.Read(ref _last)) > Longest
            || Volatile.Read(ref _doubtfulUntil) is > 0 and var until && _time.GetTimestamp() < until;

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // The clock that only goes forward stands still with a machine that is suspended; the other one is set right afterwards.
        var (monotonic, utc) = (_time.GetElapsedTime(_last), _time.GetUtcNow() - _lastUtc);
        var still = monotonic > utc ? monotonic : utc;
        if (still > Longest)
        {
            LogStoodStill(still);
            Volatile.Write(ref _doubtfulUntil, _time.GetTimestamp() + (long)(Doubt.TotalSeconds * _time.TimestampFrequency));
        }

        _lastUtc = _time.GetUtcNow();
        Volatile.Write(ref _last, _time.GetTimestamp());
    }

    [LoggerMessage(
        LogLevel.Warning,
        "This process stood still for {Time}, or had no processor: its aggregates ask the log before they answer for a while.")]
    private partial void LogStoodStill(TimeSpan time);
}
