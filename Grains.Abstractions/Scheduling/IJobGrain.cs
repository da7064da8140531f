using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Scheduling;

/// <summary>Does one job for all companies whenever something is due. Key: the job's name.</summary>
[Alias("tms.job")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Has the job look at once for what is due: at a silo's start, or when a schedule has changed. One way; may come late, twice or never.
    /// </summary>
    [OneWay, Alias("Wake")]
    Task Wake();
}
