using System.Globalization;
using Bench;

namespace Load;

/// <summary>What TMS promises against its peers, and whether these runs kept it.</summary>
public static class Targets
{
    public static void Print(Runs runs)
    {
        Comparison.Heading("Targets", "target", "limit", "measured", "");
        foreach (var (target, limit, atLeast, measured) in All(runs))
        {
            var verdict = measured is { } value ? (atLeast ? value >= limit : value <= limit) ? "met" : "**not met**" : "not measured";
            Comparison.Row(
                target, $"{(atLeast ? "≥" : "≤")} {limit.ToString(CultureInfo.InvariantCulture)}",
                measured is { } m ? Figure.Number(m) : "–", verdict);
        }
    }

    private static IEnumerable<(string Target, double Limit, bool AtLeast, double? Measured)> All(Runs runs)
    {
        double? Ratio(string workload, string metric) => runs.RatioOf($"tms|{workload}", $"marten|{workload}", metric);
        double? Tms(string figure, string metric) => runs.Failures($"tms|{figure}") > 0 ? null : runs.Median($"tms|{figure}", metric);

        yield return ("lifecycle at 64 connections, commands/s over Marten's", 1.5, true, Ratio("lifecycle|64", "req/s"));
        yield return ("lifecycle at 64 connections, p99 over Marten's", 1, false, Ratio("lifecycle|64", "p99_ms"));
        yield return ("lifecycle at 16 connections, commands/s over Marten's", 1.2, true, Ratio("lifecycle|16", "req/s"));
        yield return ("lifecycle at 16 connections, p99 over Marten's", 1, false, Ratio("lifecycle|16", "p99_ms"));
        yield return ("create at 1 connection, p50 over Marten's", 1.5, false, Ratio("create|1", "p50_ms"));
        yield return ("get one at 16 connections, requests/s over Marten's", 1, true, Ratio("get|16", "req/s"));
        yield return ("list of 50 at 16 connections, requests/s over Marten's", 1, true, Ratio("list|16", "req/s"));
        yield return ("push at 200 commands/s, event time to client, p50 ms", 20, false, Tms("push|200", "event_p50_ms"));
        yield return ("push at 200 commands/s, event time to client, p99 ms", 100, false, Tms("push|200", "event_p99_ms"));
        yield return ("first GET of an aggregate of 10,000 events, p99 ms", 50, false, Tms("cold|10000", "p99_ms"));
        yield return (
            "list page of 1,000,000 invoices over one of 10,000, p99", 2, false,
            runs.RatioOf("tms|page|1000000", "tms|page|10000", "p99_ms"));
        yield return ("embedded process at rest after 60 s, RSS MiB", 250, false, Tms("idle|sqlite", "rss_MiB"));
    }
}
