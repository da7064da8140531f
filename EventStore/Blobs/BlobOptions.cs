using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.EventStore.Blobs;

/// <summary>Settings of files, section <c>Tms:Blobs</c>. A value out of range stops the start.</summary>
public sealed class BlobOptions
{
    /// <summary>Where they stand in the configuration.</summary>
    public const string Section = "Tms:Blobs";

    /// <summary>Largest file, in bytes (1 KiB–100 MiB, default 10 MiB).</summary>
    [Range(1L << 10, 100L << 20)]
    public long MaxBytes { get; set; } = 10L << 20;

    /// <summary>
    /// Most bytes of all files of one company (1 MiB–1 PiB, default 10 GiB). What is being written counts when it is done.
    /// </summary>
    [Range(1L << 20, 1L << 50)]
    public long QuotaBytes { get; set; } = 10L << 30;

    /// <summary>
    /// How long a file stays that no event names (1 h–30 days, default 1 day).
    /// Longer than any upload and the command after it take.
    /// </summary>
    [Duration("01:00:00", "30.00:00:00")]
    public TimeSpan KeepUnnamed { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often the cluster looks for files that no event names (1 min–1 day, default 1 h).</summary>
    [Duration("00:01:00", "1.00:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromHours(1);
}
