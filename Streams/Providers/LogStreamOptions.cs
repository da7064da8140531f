using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.Streams.Providers;

/// <summary>How the log is read and delivered. The defaults fit; a value out of range stops the start.</summary>
public sealed class LogStreamOptions
{
    /// <summary>Where they stand in the configuration.</summary>
    public const string Section = "Tms:Streams";

    /// <summary>How many events one read of a partition takes at most. Default 500; 1 … 5000.</summary>
    [Range(1, 5000)]
    public int ReadLimit { get; set; } = 500;

    /// <summary>
    /// How many partitions of a silo ask the store at once, so how many connections delivery takes at most. Default 8; 1 … 32.
    /// </summary>
    [Range(1, 32)]
    public int ConcurrentReads { get; set; } = 8;

    /// <summary>
    /// Least time between two reads of a partition that is busy, so that a storm of commits is not a read per commit. Default 10 ms; 0 … 1
    /// s.
    /// </summary>
    [Duration("00:00:00", "00:00:01")]
    public TimeSpan Coalesce { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long an idle receiver waits for a signal before it lets the agent do its housekeeping. Default 1 s; 10 ms … 1 min.
    /// </summary>
    [Duration("00:00:00.010", "00:01:00")]
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the agent asks again after an empty answer. Default 10 ms; 1 ms … 1 s.</summary>
    [Duration("00:00:00.001", "00:00:01")]
    public TimeSpan PollPeriod { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How many batches (of one company's events each) a partition holds until its consumers took them. Default 64; 20 … 65 536.
    /// </summary>
    /// <remarks>Small on purpose: a tenth of it is the step of the checkpoint, and so of what is delivered again after a crash.</remarks>
    [Range(20, 65_536)]
    public int CacheSize { get; set; } = 64;

    /// <summary>At most this often the checkpoints of all partitions are saved, in one write. Default 1 s; 50 ms … 1 min.</summary>
    [Duration("00:00:00.050", "00:01:00")]
    public TimeSpan CheckpointPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// First pause while the store cannot be read; doubles up to <see cref="LongestBackOff"/>. Default 100 ms; 1 ms … 10 s.
    /// </summary>
    [Duration("00:00:00.001", "00:00:10")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause while the store cannot be read. Default 5 s; 1 ms … 1 min.</summary>
    [Duration("00:00:00.001", "00:01:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one delivery is repeated before it is skipped; consumers notice by the sequence. Default 1 min; 1 s … 1 h.
    /// </summary>
    [Duration("00:00:01", "01:00:00")]
    public TimeSpan MaxDeliveryTime { get; set; } = TimeSpan.FromMinutes(1);
}
