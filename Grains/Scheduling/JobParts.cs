using Microsoft.Extensions.Options;

namespace Tms.Grains.Scheduling;

/// <summary>What every job's runs are built of.</summary>
internal sealed record JobParts(IOptions<JobOptions> Settings, TimeProvider Time, JobMetrics Metrics, JobLog Log)
{
    internal JobOptions Options => Settings.Value;
}
