using Bench;
using Tms.EndToEnd.Tests.Chaos;
using Tms.EndToEnd.Tests.Chaos.Faults;

namespace Soak;

/// <summary>The figures of a lost silo and of a rolling restart, each with its limit.</summary>
internal sealed class Limits(Options options)
{
    private const double KillSeconds = 20;
    private const double LiveGapSeconds = 5;
    private Phase? _kill;
    private Phase? _rolling;

    /// <summary>Before anything else has happened to the cluster.</summary>
    public async Task Measure(ChaosRun run)
    {
        _kill = await run.Apply(new Fault(FaultKind.KillSilo, options.Seed % 3));
        _rolling = await run.Apply(new Fault(FaultKind.RollingRestart));
    }

    /// <summary>Prints the figures; whether all are within their limits.</summary>
    public bool Hold(ChaosReport report)
    {
        Write("soak|kill a silo", _kill!, report);
        Write("soak|rolling restart", _rolling!, report);
        return Hold("kill -9 of one of three silos: seconds with errors", _kill!.Errors(report.History).TotalSeconds, KillSeconds)
            & Hold("rolling restart: failed commands", _rolling!.Failed(report.History), 0)
            & Hold("rolling restart: longest live gap, seconds", _rolling!.LiveGap(report.Seen).TotalSeconds, LiveGapSeconds);
    }

    private void Write(string figure, Phase phase, ChaosReport report) => new Figure(figure, new()
    {
        ["errors_s"] = phase.Errors(report.History).TotalSeconds,
        ["longest_wait_s"] = phase.LongestWait(report.History).TotalSeconds,
        ["live_gap_s"] = phase.LiveGap(report.Seen).TotalSeconds,
        ["failed"] = phase.Failed(report.History),
        ["seed"] = report.Seed,
    }).Write(options.Json);

    private static bool Hold(string what, double value, double limit)
    {
        Console.WriteLine($"{what}: {Figure.Number(value)} (limit {Figure.Number(limit)}){(value > limit ? "  EXCEEDED" : "")}");
        return value <= limit;
    }
}
