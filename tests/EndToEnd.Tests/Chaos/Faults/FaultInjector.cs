using System.Diagnostics;
using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Chaos.Faults;

/// <summary>Makes faults happen to a cluster, and waits until it is whole again.</summary>
internal sealed class FaultInjector(RealCluster cluster, Action<string> say)
{
    // Longer than the others take to declare a silo dead, and than any lock of it may last.
    private static readonly TimeSpan FreezeTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan NetworkTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CommitLimit = TimeSpan.FromSeconds(15);
    private readonly List<string> _wrong = [];

    /// <summary>What the processes did that they must not do.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Returns when every node is ready again.</summary>
    public async Task Apply(Fault fault)
    {
        say($"{fault}: begins");
        await Happen(fault);
        foreach (var node in cluster.All)
        {
            if (await node.Heal()) say($"{node.Name} had ended and was started again");
        }

        say($"{fault}: all is well again");
    }

    private Task Happen(Fault fault) => fault.Kind switch
    {
        FaultKind.KillSilo => Kill(cluster.Silos[fault.Victim]),
        FaultKind.KillApi => Kill(cluster.Apis[fault.Victim]),
        FaultKind.FreezeSilo => FreezeAnywhere(cluster.Silos[fault.Victim], fault.Meanwhile),
        FaultKind.FreezeInCommit => FreezeInCommit(fault.Meanwhile),
        FaultKind.LoseCommitAnswer => InCommit(cluster.Relay.CutWhenServerSays(PostgresWords.Committed)),
        FaultKind.RestartDatabase => RestartDatabase(cluster.Database.StopFast),
        FaultKind.CrashDatabase => RestartDatabase(cluster.Database.Stop),
        FaultKind.CutNetwork => Network(cluster.Relay.CutAll),
        FaultKind.SilenceNetwork => Network(cluster.Relay.Silence),
        FaultKind.RollingRestart => RollingRestart(),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static async Task Kill(ClusterNode node)
    {
        await node.Kill();
        await node.Start();
    }

    private async Task Freeze(ClusterNode silo, IReadOnlyList<Fault> meanwhile)
    {
        var frozen = Stopwatch.GetTimestamp();
        await silo.Freeze();
        try
        {
            foreach (var fault in meanwhile)
            {
                say($"meanwhile {fault}");
                await Happen(fault);
            }

            await Task.Delay(TimeSpan.FromTicks(Math.Max(1, (FreezeTime - Stopwatch.GetElapsedTime(frozen)).Ticks)));
        }
        finally
        {
            await silo.Thaw();
        }
    }

    // Nobody serves twice: who was declared dead ends, and whoever runs the cluster starts it again.
    private async Task KnowsItsDeath(ClusterNode silo)
    {
        if (await cluster.IsMember(silo))
        {
            say($"{silo.Name} was not declared dead");
            return;
        }

        if (!await silo.Ends(EndLimit)) _wrong.Add($"{silo.Name} was declared dead while it was frozen and has not ended {EndLimit} after");
    }

    private async Task FreezeInCommit(IReadOnlyList<Fault> meanwhile)
    {
        await InCommit(cluster.Relay.FreezeClientWhenServerSays(PostgresWords.ReadyInsideTransaction));
        await Freeze(cluster.Silos[0], meanwhile);
        cluster.Relay.Recover();
        await KnowsItsDeath(cluster.Silos[0]);
    }

    private async Task FreezeAnywhere(ClusterNode silo, IReadOnlyList<Fault> meanwhile)
    {
        await Freeze(silo, meanwhile);
        await KnowsItsDeath(silo);
    }

    private async Task InCommit(Task caught)
    {
        if (await Task.WhenAny(caught, Task.Delay(CommitLimit)) == caught) return;
        // What comes later is no fault's any more, but a check's.
        cluster.Relay.Relent();
        say($"no transaction was caught within {CommitLimit}");
    }

    private async Task RestartDatabase(Func<Task> stop)
    {
        await stop();
        await Task.Delay(Away);
        await cluster.Database.Start();
    }

    private async Task Network(Action fail)
    {
        fail();
        await Task.Delay(NetworkTime);
        cluster.Relay.Recover();
    }

    private async Task RollingRestart()
    {
        foreach (var node in cluster.All)
        {
            var code = await node.Stop();
            if (code != 0) _wrong.Add($"{node.Name} was told to stop and ended with code {code}");
            await node.Start();
        }
    }
}
