using Bench;

namespace Soak;

internal sealed record Options(int Seed, TimeSpan Duration, string? Json, string? Logs)
{
    public const string Usage = """
        soak [--seed N] [--minutes 30] [--json FILE.jsonl] [--logs FOLDER]
          --seed     repeats a schedule of faults; else a new one is drawn and printed
          --minutes  how long faults are made; the checks come after
          --json     adds the figures to a file
          --logs     keeps what every process wrote
        """;

    public static Options Read(Arguments a, int seed)
    {
        var options = new Options(a.Int("seed", seed), TimeSpan.FromMinutes(a.Number("minutes", 30)), a.Text("json"), a.Text("logs"));
        a.Done();
        return options;
    }
}
