using System.ComponentModel.DataAnnotations;
using Tms.EventStore.Hosting;

namespace Tms.Grains.Reactors;

/// <summary>The section <c>Tms:Reactors</c>: how patient reactors are. A value out of range stops the start.</summary>
public sealed class ReactorOptions
{
    /// <summary>Where they stand in the configuration.</summary>
    public const string Section = "Tms:Reactors";

    /// <summary>How often one event is tried before it becomes a dead letter. Default 5; 1 … 100.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>First pause after a failure; doubles up to <see cref="LongestBackOff"/>, with jitter. Default 1 s; 1 ms … 1 min.</summary>
    [Duration("00:00:00.001", "00:01:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts. Default 1 min; 1 ms … 1 h.</summary>
    [Duration("00:00:00.001", "01:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one attempt may take. Default 30 s; 10 ms … 10 min.</summary>
    [Duration("00:00:00.010", "00:10:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events one read of the log takes. Default 200; 1 … 5000.</summary>
    [Range(1, 5000)]
    public int PageSize { get; set; } = 200;

    /// <summary>A moved cursor is saved after this many events at the latest. Default 200; 1 … 100 000.</summary>
    [Range(1, 100_000)]
    public int SaveEvery { get; set; } = 200;

    /// <summary>A moved cursor is saved after this time at the latest. Default 30 s; 10 ms … 1 h.</summary>
    [Duration("00:00:00.010", "01:00:00")]
    public TimeSpan SaveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often the silo whose turn it is looks for reactors whose ring was lost, beside once when it starts. Default 1 min; 10 ms … 1 h.
    /// </summary>
    [Duration("00:00:00.010", "01:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
