using System.Diagnostics;
using Bench;
using HdrHistogram;

namespace Rebuild;

/// <summary>Commands at a fixed rate, whether or not the ones before are answered: each is timed from when it was due.</summary>
internal sealed class PacedCommands(Company[] companies, double rate)
{
    public LongConcurrentHistogram Latency { get; } = Figure.NewHistogram();

    public async Task Run(CancellationToken end)
    {
        var (began, commands) = (Stopwatch.GetTimestamp(), new List<Task>());
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            var due = TimeSpan.FromSeconds(n / rate);
            if (due - Stopwatch.GetElapsedTime(began) is { TotalMilliseconds: > 1 } wait)
            {
                await Task.Delay(wait, CancellationToken.None);
            }

            commands.RemoveAll(c => c.IsCompletedSuccessfully);
            commands.Add(One(companies[n % companies.Length], began, due));
        }

        await Task.WhenAll(commands);
    }

    private async Task One(Company company, long began, TimeSpan due)
    {
        await company.Draft();
        var micros = (Stopwatch.GetElapsedTime(began) - due).Ticks / TimeSpan.TicksPerMicrosecond;
        Latency.RecordValue(Math.Clamp(micros, 1, Figure.MaxMicroseconds));
    }
}
