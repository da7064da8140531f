using System.Diagnostics.Metrics;

namespace Tms.Api.Security;

/// <summary>The meter <c>Tms.Security</c>: how well this node follows what was revoked elsewhere.</summary>
internal sealed class RevocationMetrics : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _asked;
    private long _confirmedAt;

    public RevocationMetrics(IMeterFactory meters, TimeProvider time)
    {
        (_time, _confirmedAt) = (time, time.GetTimestamp());
        _meter = meters.Create("Tms.Security");
        _asked = _meter.CreateCounter<long>(
            "tms.revocations.asked", "{request}",
            "Requests that asked the store themselves, because this node had not compared with it lately.");
        _meter.CreateObservableGauge("tms.revocations.age", Age, "s", "Time since this node's revocations were compared with the log.");
    }

    /// <summary>A request had to ask the store.</summary>
    public void Asked() => _asked.Add(1);

    /// <summary>What is known was the truth at a timestamp.</summary>
    public void Confirmed(long timestamp) => Volatile.Write(ref _confirmedAt, timestamp);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private double Age() => _time.GetElapsedTime(Volatile.Read(ref _confirmedAt)).TotalSeconds;
}
