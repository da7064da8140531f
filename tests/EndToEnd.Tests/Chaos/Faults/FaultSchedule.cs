namespace Tms.EndToEnd.Tests.Chaos.Faults;

/// <summary>Which faults happen, and in which order: the same ones for the same seed.</summary>
internal static class FaultSchedule
{
    private const int Silos = 3;
    private const int Apis = 2;
    private const int PerRun = 3;

    /// <summary>A fresh seed, or the one that TMS_CHAOS_SEED names.</summary>
    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("TMS_CHAOS_SEED"), out var given) ? given : Random.Shared.Next(1, 1_000_000);

    /// <summary>
    /// What fits into a minute or two: three of five faults. Another seed takes others, so that every few runs see all of them.
    /// </summary>
    public static IReadOnlyList<Fault> Short(int seed)
    {
        var random = new Random(seed);
        Fault[] faults =
        [
            new(FaultKind.KillSilo, random.Next(Silos)),
            new(FaultKind.KillApi, random.Next(Apis)),
            new(FaultKind.FreezeInCommit)
            {
                Meanwhile =
                    [new(Pick(random, FaultKind.CrashDatabase, FaultKind.RestartDatabase)), new(FaultKind.KillApi, random.Next(Apis))],
            },
            new(Pick(random, FaultKind.CutNetwork, FaultKind.SilenceNetwork)),
            new(FaultKind.LoseCommitAnswer),
        ];
        random.Shuffle(faults);
        return faults[..PerRun];
    }

    /// <summary>Faults without end.</summary>
    public static IEnumerable<Fault> Long(int seed)
    {
        var random = new Random(seed);
        while (true) yield return Any(random);
    }

    private static Fault Any(Random random) => random.Next(100) switch
    {
        < 15 => new(FaultKind.KillSilo, random.Next(Silos)),
        < 25 => new(FaultKind.KillApi, random.Next(Apis)),
        < 37 => new(FaultKind.FreezeSilo, random.Next(Silos)) { Meanwhile = Meanwhile(random) },
        < 50 => new(FaultKind.FreezeInCommit) { Meanwhile = Meanwhile(random) },
        < 60 => new(FaultKind.LoseCommitAnswer),
        < 70 => new(FaultKind.RestartDatabase),
        < 80 => new(FaultKind.CrashDatabase),
        < 88 => new(FaultKind.CutNetwork),
        < 96 => new(FaultKind.SilenceNetwork),
        _ => new(FaultKind.RollingRestart),
    };

    private static IReadOnlyList<Fault> Meanwhile(Random random) => random.Next(3) switch
    {
        0 => [],
        1 => [new(FaultKind.KillApi, random.Next(Apis))],
        _ => [new(Pick(random, FaultKind.CrashDatabase, FaultKind.RestartDatabase)), new(FaultKind.KillApi, random.Next(Apis))],
    };

    private static FaultKind Pick(Random random, params ReadOnlySpan<FaultKind> kinds) => kinds[random.Next(kinds.Length)];
}
