namespace Tms.EndToEnd.Tests.Chaos.Faults;

/// <summary>What can happen to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL of a silo, and a new start.</summary>
    KillSilo,

    /// <summary>SIGKILL of an Api process, and a new start.</summary>
    KillApi,

    /// <summary>SIGSTOP of a silo for long enough to be declared dead, then SIGCONT.</summary>
    FreezeSilo,

    /// <summary>The same of the silo behind the relay, while it holds locks in a transaction that it has not ended.</summary>
    FreezeInCommit,

    /// <summary>The answer to a commit of the silo behind the relay is lost, with the connection.</summary>
    LoseCommitAnswer,

    /// <summary>The database is stopped in order and started.</summary>
    RestartDatabase,

    /// <summary>The database is ended as by a power cut and started.</summary>
    CrashDatabase,

    /// <summary>The connections of the silo behind the relay are cut, and new ones refused for a while.</summary>
    CutNetwork,

    /// <summary>The connections of the silo behind the relay stay open and carry nothing for a while.</summary>
    SilenceNetwork,

    /// <summary>Every process is told to stop and started again, one after the other.</summary>
    RollingRestart,
}

/// <summary>One fault of a schedule.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Victim">Which silo or Api process, counted from 0, where there is a choice.</param>
internal sealed record Fault(FaultKind Kind, int Victim = 0)
{
    /// <summary>What happens to others while a frozen silo stands still.</summary>
    public IReadOnlyList<Fault> Meanwhile { get; init; } = [];

    public override string ToString() =>
        Meanwhile.Count == 0 ? $"{Kind} {Victim + 1}" : $"{Kind} {Victim + 1} and meanwhile {string.Join(", ", Meanwhile)}";
}
