using System.Globalization;

namespace Bench;

/// <summary>CPU seconds and memory of the watched processes and of the whole machine, from /proc.</summary>
public sealed class MachineUse(IReadOnlyList<(string Name, int Pid)> watched)
{
    private const double TicksPerSecond = 100;

    public Snapshot Take() => new(
        watched.ToDictionary(w => w.Name, w => TreeCpu(w.Pid)),
        Environment.CpuUsage.TotalTime.TotalSeconds,
        Machine());

    public Dictionary<string, double> Shares(Snapshot from, Snapshot to)
    {
        var total = to.Machine.Total - from.Machine.Total;
        var shares = new Dictionary<string, double>();
        var known = 0d;
        foreach (var (name, cpu) in to.Watched)
        {
            known += shares[$"cpu%_{name}"] = 100 * (cpu - from.Watched[name]) / total;
        }

        known += shares["cpu%_load"] = 100 * (to.Own - from.Own) / total;
        shares["cpu%_idle"] = 100 * (to.Machine.Idle - from.Machine.Idle) / total;

        shares["cpu%_steal"] = 100 * (to.Machine.Steal - from.Machine.Steal) / total;

        // Kernel threads (disk, loopback network) land here, as does anyone else's work.
        shares["cpu%_other"] = Math.Max(0, 100 - known - shares["cpu%_idle"] - shares["cpu%_steal"]);
        return shares;
    }

    /// <summary>Resident memory in MiB: a single process by its peak, a process tree by its proportional share now.</summary>
    public Dictionary<string, double> Memory()
    {
        var memory = new Dictionary<string, double> { ["rss_MiB_load"] = Kilobytes("/proc/self/status", "VmHWM:") / 1024 };
        foreach (var (name, pid) in watched)
        {
            var children = Children(pid);
            memory[$"rss_MiB_{name}"] = children.Count == 0
                ? Kilobytes($"/proc/{pid}/status", "VmHWM:") / 1024
                : children.Append(pid).Sum(p => Kilobytes($"/proc/{p}/smaps_rollup", "Pss:")) / 1024;
        }

        return memory;
    }

    private static double TreeCpu(int pid)
    {
        // The parent's line has its reaped children's time; the live ones are added.
        var own = Stat(pid, withReapedChildren: true);
        return Children(pid).Sum(c => Stat(c, withReapedChildren: false)) + own;
    }

    private static double Stat(int pid, bool withReapedChildren)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields[11..(withReapedChildren ? 15 : 13)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
            return ticks / TicksPerSecond;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static List<int> Children(int pid)
    {
        var path = $"/proc/{pid}/task/{pid}/children";
        return File.Exists(path)
            ? [.. File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(p => int.Parse(p, CultureInfo.InvariantCulture))]
            : [];
    }

    private static double Kilobytes(string path, string label)
    {
        try
        {
            var line = File.ReadLines(path).First(l => l.StartsWith(label, StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static (double Total, double Idle, double Steal) Machine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(f => long.Parse(f, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
        return (fields.Sum(), fields[3] + fields[4], fields[7]);
    }

    public sealed record Snapshot(Dictionary<string, double> Watched, double Own, (double Total, double Idle, double Steal) Machine);
}
