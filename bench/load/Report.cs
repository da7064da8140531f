using Bench;

namespace Load;

/// <summary>Median, min and max of every metric of every figure in a file of results.</summary>
public static class Report
{
    public static void Print(string file)
    {
        Console.WriteLine("| figure | metric | median | min | max | runs |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var runs in Figure.Read(file).GroupBy(f => f.Name))
        {
            foreach (var metric in runs.SelectMany(r => r.Metrics.Keys).Distinct())
            {
                var values = runs.Where(r => r.Metrics.ContainsKey(metric)).Select(r => r.Metrics[metric]).Order().ToArray();
                Console.WriteLine(
                    $"| {runs.Key} | {metric} | {Figure.Number(values[values.Length / 2])} | {Figure.Number(values[0])} | "
                        + $"{Figure.Number(values[^1])} | {values.Length} |");
            }
        }
    }
}
