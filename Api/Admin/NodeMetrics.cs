using System.Diagnostics.Metrics;

namespace Tms.Api.Admin;

/// <summary>The meter <c>Tms.Nodes</c>: whether the cluster hears of this Api process.</summary>
internal sealed class NodeMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _unheard;

    public NodeMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Tms.Nodes");
        _unheard = _meter.CreateCounter<long>(
            "tms.nodes.unheard", "{attempt}", "Times that this node could not tell the cluster that it is up.");
    }

    /// <summary>The cluster did not answer.</summary>
    public void Unheard() => _unheard.Add(1);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
