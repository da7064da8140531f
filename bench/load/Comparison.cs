using Bench;

namespace Load;

/// <summary>TMS beside its peers, out of one file of results. Figures are named <c>system|workload|size</c>.</summary>
public static class Comparison
{
    private static readonly string[] Systems = ["marten", "signalr", "tms"];

    public static void Print(string file)
    {
        var runs = Runs.Read(file);
        Commands(runs);
        FanOut(runs);
        Rest(runs);
        Targets.Print(runs);
    }

    private static void Commands(Runs runs)
    {
        var workloads = runs.Of("tms").Where(k => runs.Has($"marten|{k}", "req/s")).ToList();
        if (workloads.Count == 0)
        {
            return;
        }

        Heading(
            "Commands and queries", "workload, connections", "Marten req/s", "TMS req/s", "ratio", "Marten p50 ms", "TMS p50 ms",
            "Marten p99 ms", "TMS p99 ms",
            "Marten server µs/req", "TMS server µs/req", "Marten Postgres µs/req", "TMS Postgres µs/req", "Marten RSS MiB", "TMS RSS MiB");
        foreach (var key in workloads)
        {
            var (marten, tms) = ($"marten|{key}", $"tms|{key}");
            Row(key.Replace("|", ", "), runs.Spread(marten, "req/s"), runs.Spread(tms, "req/s"), runs.Ratio(tms, marten, "req/s"),
                runs.Text(marten, "p50_ms"), runs.Text(tms, "p50_ms"), runs.Text(marten, "p99_ms"), runs.Text(tms, "p99_ms"),
                runs.Text(marten, "us/req_server"), runs.Text(tms, "us/req_server"), runs.Text(marten, "us/req_postgres"),
                runs.Text(tms, "us/req_postgres"),
                runs.Text(marten, "rss_MiB_server"), runs.Text(tms, "rss_MiB_server"));
        }
    }

    private static void FanOut(Runs runs)
    {
        var sizes = runs.Of("tms").Where(k => runs.Has($"signalr|{k}", "paced_p50_ms")).ToList();
        if (sizes.Count == 0)
        {
            return;
        }

        Heading(
            "Fan-out to the clients of one company, against a bare hub", "clients", "hub paced p50 ms", "TMS paced p50 ms",
            "hub paced p99 ms", "TMS paced p99 ms",
            "hub burst deliveries/s", "TMS burst deliveries/s", "ratio", "hub server µs/delivery", "TMS server µs/delivery", "hub RSS MiB",
            "TMS RSS MiB");
        foreach (var key in sizes)
        {
            var (hub, tms) = ($"signalr|{key}", $"tms|{key}");
            Row(
                key.Split('|')[1], runs.Spread(hub, "paced_p50_ms"), runs.Spread(tms, "paced_p50_ms"), runs.Spread(hub, "paced_p99_ms"),
                runs.Spread(tms, "paced_p99_ms"),
                runs.Spread(hub, "burst_deliveries/s"), runs.Spread(tms, "burst_deliveries/s"), runs.Ratio(tms, hub, "burst_deliveries/s"),
                runs.Text(hub, "server_cpu_us_per_delivery"), runs.Text(tms, "server_cpu_us_per_delivery"),
                runs.Text(hub, "rss_MiB_server"), runs.Text(tms, "rss_MiB_server"));
        }
    }

    // Figures without a table of their own, every metric.
    private static void Rest(Runs runs)
    {
        var rest = Systems.SelectMany(s => runs.Of(s).Select(k => $"{s}|{k}"))
            .Where(f => !runs.Has(f, "req/s") && !(f.Contains("|fanout|", StringComparison.Ordinal) && runs.Has(f, "paced_p50_ms")))
            .ToList();
        if (rest.Count == 0)
        {
            return;
        }

        Heading("Other figures", "figure", "metric", "median (min–max)");
        foreach (var figure in rest)
        {
            foreach (var metric in runs.Metrics(figure))
            {
                Row(figure.Replace("|", ", "), metric, runs.Spread(figure, metric));
            }
        }
    }

    internal static void Heading(string title, params string[] columns)
    {
        Console.WriteLine($"\n### {title}\n");
        Row(columns);
        Row([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    internal static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
