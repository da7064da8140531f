using Bench;
using Soak;
using Tms.EndToEnd.Tests.Chaos;
using Tms.EndToEnd.Tests.Chaos.Faults;

Options options;
try
{
    options = Options.Read(new Arguments(args), FaultSchedule.Seed);
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{Options.Usage}");
    return 64;
}

await using var run = await ChaosRun.Begin(options.Seed, clients: 50, spectators: 20, Console.WriteLine);
try
{
    var limits = new Limits(options);
    await limits.Measure(run);
    foreach (var fault in FaultSchedule.Long(options.Seed).TakeWhile(_ => run.Elapsed < options.Duration)) await run.Apply(fault);
    var report = await run.End();
    Console.WriteLine(report);
    return limits.Hold(report) && report.Wrong.Count == 0 ? 0 : 2;
}
finally
{
    if (options.Logs is { } folder) run.SaveOutputs(folder);
}
