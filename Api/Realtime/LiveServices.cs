using Tms.Api.Tenancy;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>What the bridges and connections of this node share.</summary>
/// <param name="Options">Limits and rhythms.</param>
/// <param name="Reader">The log.</param>
/// <param name="Events">Makes events ready to be sent.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">The counts.</param>
/// <param name="Log">The log lines.</param>
internal sealed record LiveServices(
    LiveOptions Options,
    IEventReader Reader,
    LiveEventFactory Events,
    TimeProvider Time,
    LiveMetrics Metrics,
    ILogger Log)
{
    /// <summary>Says whose tokens no longer hold.</summary>
    public required ITokenValidator Tokens { get; init; }

    /// <summary>Says which modules are active.</summary>
    public required ICompanyDirectory Companies { get; init; }

    /// <summary>What bridges keep of events, all together.</summary>
    public LiveMemory Memory { get; } = new(Options.NodeBytes);

    /// <summary>Bounds the reads of old events that run at once.</summary>
    public SemaphoreSlim LogReads { get; } = new(Options.LogReads);
}
