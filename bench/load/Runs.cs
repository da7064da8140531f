using Bench;

namespace Load;

/// <summary>The repetitions of each figure.</summary>
public sealed class Runs
{
    private readonly Dictionary<string, List<Figure>> _byName;

    private Runs(Dictionary<string, List<Figure>> byName) => _byName = byName;

    public static Runs Read(string file) => new(Figure.Read(file).GroupBy(f => f.Name).ToDictionary(g => g.Key, g => g.ToList()));

    /// <summary>What was measured of a system, without its name, in the order of the file.</summary>
    public IEnumerable<string> Of(string system) =>
        _byName.Keys.Where(n => n.StartsWith(system + "|", StringComparison.Ordinal)).Select(n => n[(system.Length + 1)..]);

    public IEnumerable<string> Metrics(string figure) => _byName[figure].SelectMany(f => f.Metrics.Keys).Distinct();

    public bool Has(string figure, string metric) => Values(figure, metric).Length > 0;

    /// <summary>The median; null where it was not measured.</summary>
    public double? Median(string figure, string metric) =>
        Values(figure, metric) is { Length: > 0 } values ? values[values.Length / 2] : null;

    public string Text(string figure, string metric) => Median(figure, metric) is { } median ? Figure.Number(median) : "–";

    /// <summary>Median (min–max), and a warning where a repetition had failures.</summary>
    public string Spread(string figure, string metric)
    {
        if (Values(figure, metric) is not { Length: > 0 } values)
        {
            return "–";
        }

        var spread = values.Length == 1
            ? Figure.Number(values[0])
            : $"{Figure.Number(values[values.Length / 2])} ({Figure.Number(values[0])}–{Figure.Number(values[^1])})";
        return Failures(figure) is var failures and > 0 ? $"{spread} **with {failures} failures: no result**" : spread;
    }

    public string Ratio(string figure, string to, string metric) => RatioOf(figure, to, metric) is { } ratio ? Figure.Number(ratio) : "–";

    /// <summary>A figure's median over another's; null where either is missing or had failures.</summary>
    public double? RatioOf(string figure, string to, string metric) =>
        Median(figure, metric) is { } one && Median(to, metric) is { } other && other > 0 && Failures(figure) + Failures(to) == 0
            ? one / other
            : null;

    public double Failures(string figure) =>
        Values(figure, "failures").Concat(Values(figure, "lost")).Concat(Values(figure, "duplicates")).Sum();

    private double[] Values(string figure, string metric) =>
        _byName.TryGetValue(figure, out var runs)
            ? [.. runs.Where(r => r.Metrics.ContainsKey(metric)).Select(r => r.Metrics[metric]).Order()]
            : [];
}
