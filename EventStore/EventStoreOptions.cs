using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.EventStore;

/// <summary>Settings of the log, section <c>Tms:EventStore</c>.</summary>
public sealed class EventStoreOptions
{
    /// <summary>Where they stand in the configuration.</summary>
    public const string Section = "Tms:EventStore";

    /// <summary>How many transactions of a silo may commit side by side on PostgreSQL (1–32); SQLite has one writer.</summary>
    /// <remarks>
    /// 0, the default: one for every two cores of the process, 8 at most.
    /// PostgreSQL does not tell its own cores: if they are more or fewer, say half of those.
    /// </remarks>
    [Range(0, TenantId.Partitions)]
    public int Lanes { get; set; }

    /// <summary>Most units in one transaction (1–10,000, default 256).</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 256;

    /// <summary>
    /// Most units of a lane that have no answer yet, before callers are told to come back later (1–1,000,000, default 10,000).
    /// </summary>
    /// <remarks>A quarter of them at most is one company's.</remarks>
    [Range(1, 1_000_000)]
    public int MaxQueue { get; set; } = 10_000;

    /// <summary>Most bytes of a lane's units that have no answer yet (1 MiB–16 GiB, default 256 MiB).</summary>
    /// <remarks>A quarter of them at most is one company's; its first is taken however large, as long as there is room.</remarks>
    [Range(1L << 20, 1L << 34)]
    public long MaxQueueBytes { get; set; } = 256L << 20;

    /// <summary>Largest unit, in bytes of data and metadata (default 4 MiB).</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxUnitBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Most events that an append folds for a read model that is behind, before it leaves that to the keeper (0–1,000,000, default 10,000).
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxCatchUp { get; set; } = 10_000;

    /// <summary>
    /// Longest that a batch reads, folds and writes for all that is behind in it (0–1 h, default 1 s): well under the 3 s after which a
    /// silent writer is ended.
    /// </summary>
    [Duration("00:00:00", "01:00:00")]
    public TimeSpan MaxCatchUpTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the silo with the turn looks for companies with a read model that is behind (1 s–1 day, default 1 min).</summary>
    [Duration("00:00:01", "1.00:00:00")]
    public TimeSpan KeeperPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a silent process keeps the turn of work that one process does for the cluster (1 s–1 h, default 30 s).</summary>
    [Duration("00:00:01", "01:00:00")]
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an append is tried before it is answered as unavailable (default 8 s); 5 s more where its last try hangs.
    /// </summary>
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Most that a process' clock may differ from PostgreSQL's (1 s–100 years, default 10 s): beyond it appends are refused.
    /// </summary>
    /// <remarks>An event's time is the writer's. SQLite has no clock of its own: the file's one writer is its clock.</remarks>
    [Duration("00:00:01", "36525.00:00:00")]
    public TimeSpan MaxClockDifference { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether lane sessions give up their locks when frozen (default on; off only to prove what happens without).</summary>
    public bool LaneTimeouts { get; set; } = true;

    /// <summary>How often a process asks for the partitions' heads in case a wake-up was lost (default 2 s).</summary>
    public TimeSpan SafetyInterval { get; set; } = TimeSpan.FromSeconds(2);
}
