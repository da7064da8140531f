using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.Grains.Scheduling;

/// <summary>How jobs look and how patient they are. A value out of range stops the start.</summary>
public sealed class JobOptions
{
    /// <summary>Where they stand in the configuration.</summary>
    public const string Section = "Tms:Jobs";

    /// <summary>How many items are done side by side. Default 64; 1 … 1000.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 64;

    /// <summary>
    /// First pause after a run in which something failed; doubles up to <see cref="LongestBackOff"/>. Default 5 s; 1 ms … 1 h.
    /// </summary>
    [Duration("00:00:00.001", "01:00:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause after a failure. Default 10 min; 1 ms … 1 h.</summary>
    [Duration("00:00:00.001", "01:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a reminder has a job look, in case its silo was lost before the hour. Default 5 min; 1 min … 1 h.</summary>
    [Duration("00:01:00", "01:00:00")]
    public TimeSpan ReminderPeriod { get; set; } = TimeSpan.FromMinutes(5);
}
