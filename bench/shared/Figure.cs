using System.Globalization;
using System.Text.Json;
using HdrHistogram;

namespace Bench;

/// <summary>One repetition of a figure: a line {"figure": name, "metrics": {name: number}}.</summary>
public sealed record Figure(string Name, Dictionary<string, double> Metrics)
{
    public const long MaxMicroseconds = 120_000_000;

    public static LongConcurrentHistogram NewHistogram() => new(1, MaxMicroseconds, 3);

    /// <summary>Adds p50, p99 and max of a histogram of microseconds, in ms; nothing where nothing was recorded.</summary>
    public Figure With(string prefix, HistogramBase microseconds)
    {
        if (microseconds.TotalCount == 0)
        {
            return this;
        }

        Metrics[$"{prefix}p50_ms"] = microseconds.GetValueAtPercentile(50) / 1000.0;
        Metrics[$"{prefix}p99_ms"] = microseconds.GetValueAtPercentile(99) / 1000.0;
        Metrics[$"{prefix}max_ms"] = microseconds.GetMaxValue() / 1000.0;
        return this;
    }

    public Figure With(IEnumerable<KeyValuePair<string, double>> metrics)
    {
        foreach (var (name, value) in metrics)
        {
            Metrics[name] = value;
        }

        return this;
    }

    /// <summary>Adds the line to a file of results.</summary>
    public void Append(string file) => File.AppendAllText(file, Line() + "\n");

    /// <summary>Prints the line, and adds it to a file of results if there is one.</summary>
    public void Write(string? file)
    {
        Console.WriteLine(Line());
        if (file is not null)
        {
            Append(file);
        }
    }

    private string Line() =>
        JsonSerializer.Serialize(new { figure = Name, metrics = Metrics.ToDictionary(m => m.Key, m => Math.Round(m.Value, 3)) });

    public static IEnumerable<Figure> Read(string file)
    {
        foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            var metrics = document.RootElement.GetProperty("metrics").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
            yield return new Figure(document.RootElement.GetProperty("figure").GetString()!, metrics);
        }
    }

    public static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.###", CultureInfo.InvariantCulture);
}
