using System.Diagnostics.Metrics;

namespace Tms.Api.Hosting;

/// <summary>The meter <c>Tms.Limits</c>: how rate limits are counted.</summary>
internal sealed class LimitMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _alone;
    private readonly Counter<long> _refused;

    public LimitMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Tms.Limits");
        _alone = _meter.CreateCounter<long>(
            "tms.limits.alone", "{request}",
            "Requests that this node counted by itself: the cluster did not answer, or more callers than it counts singly.");
        _refused = _meter.CreateCounter<long>("tms.limits.refused", "{request}", "Requests beyond a limit.");
    }

    /// <summary>A request was counted on this node alone.</summary>
    public void CountedAlone() => _alone.Add(1);

    /// <summary>A request was one too many.</summary>
    public void Refused() => _refused.Add(1);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
