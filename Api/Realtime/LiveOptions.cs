using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.Api.Realtime;

/// <summary>Limits and rhythms of the live hub; configuration section <c>Tms:Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tms:Live";

    /// <summary>Latest events that a company's bridge keeps in memory; rounded up to a power of two. Default 1,024.</summary>
    [Range(1, 65_536)]
    public int RingEvents { get; set; } = 1_024;

    /// <summary>Bytes that those events may take, about; the oldest leave first. Default 8 MiB.</summary>
    [Range(1_024, 1L << 30)]
    public long RingBytes { get; set; } = 8 << 20;

    /// <summary>
    /// Bytes that events and pages of all companies together may take on this node, about. Companies that have been quiet for long give
    /// way first; whoever is behind reads the log then. Default 256 MiB.
    /// </summary>
    [Range(64 << 10, 1L << 40)]
    public long NodeBytes { get; set; } = 256 << 20;

    /// <summary>
    /// How often all bridges are compared with the ends of their logs, in one query: the last delivery may be the lost one. Default 2 s.
    /// </summary>
    [Duration("00:00:00.100", "00:01:00")]
    public TimeSpan HeadCheck { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many events a resume may go back, and a connection may lag. Beyond: resync, or the connection is dropped. Default 100,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public long ResumeLimit { get; set; } = 100_000;

    /// <summary>How long one write to a client may take before its connection is dropped. Default 10 s.</summary>
    [Duration("00:00:00.100", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a client has to read why it is closed, and to hang up, before its connection is cut; also how long it may then have let a
    /// write wait. Default 0.75 s: both together end within the 2 s after which whoever lost a session gets nothing more.
    /// </summary>
    [Duration("00:00:00.100", "00:01:00")]
    public TimeSpan LastWords { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>
    /// Bytes that wait for the network per connection before writes wait: once in this process, and about twice in the machine's own
    /// buffer. An answer to a client that takes its time comes behind them. Default 64 KiB.
    /// </summary>
    [Range(4_096, 16 << 20)]
    public int SendBufferBytes { get; set; } = 64 << 10;

    /// <summary>The least time between two <c>progress</c> messages of a connection. Default 1 s.</summary>
    [Duration("00:00:00.100", "00:01:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Hub messages that a connection may send per second; also its burst. Default 20.</summary>
    [Range(1, 10_000)]
    public int MessagesPerSecond { get; set; } = 20;

    /// <summary>Connections that one user may have on all nodes together. Default 5.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerUser { get; set; } = 5;

    /// <summary>How long a bridge stays after its last connection left. Default 30 s.</summary>
    [Duration("00:00:00", "01:00:00")]
    public TimeSpan BridgeLinger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads of old events from the log that run at once on this node. Default 8.</summary>
    [Range(1, 256)]
    public int LogReads { get; set; } = 8;
}
