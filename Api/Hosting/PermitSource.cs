namespace Tms.Api.Hosting;

/// <summary>
/// Asks for permits, and does not ask again at once where nobody answered: requests must not wait for a cluster that is away.
/// </summary>
internal sealed partial class PermitSource(IPermits permits, LimitMetrics metrics, TimeProvider time, ILogger<PermitSource> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private long _awayUntil = long.MinValue;

    /// <summary>Permits of a window; null where the cluster cannot be asked now: the node counts by itself.</summary>
    public async ValueTask<(int Given, int Left)?> Take(PermitWindow window, int had, int wanted)
    {
        var awayUntil = Volatile.Read(ref _awayUntil);
        if (time.GetTimestamp() < awayUntil) return null;
        try
        {
            var answer = await permits.Take(window, had, wanted);
            if (awayUntil != long.MinValue && Interlocked.CompareExchange(ref _awayUntil, long.MinValue, awayUntil) == awayUntil) LogBack();
            return answer;
        }
        catch (Exception unreachable)
        {
            var until = time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency);
            if (Interlocked.Exchange(ref _awayUntil, until) == long.MinValue) LogAway(unreachable);
            return null;
        }
    }

    /// <summary>A request was counted on this node alone.</summary>
    public void CountedAlone() => metrics.CountedAlone();

    [LoggerMessage(LogLevel.Warning, "The cluster does not answer; rate limits are counted on this node alone")]
    private partial void LogAway(Exception failure);

    [LoggerMessage(LogLevel.Information, "Rate limits are counted on all nodes again")]
    private partial void LogBack();
}
