using Tms.EndToEnd.Tests.Chaos.Faults;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos;

[Collection(AloneCollection.Name)]
public sealed class ChaosTests
{
    // A call that is lost and its repeat: whoever cannot be served is told so by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task A_cluster_keeps_every_promise_through_kills_freezes_lost_networks_and_a_restarted_database()
    {
        await using var run = await ChaosRun.Begin(FaultSchedule.Seed, clients: 20, spectators: 10, Say);
        foreach (var fault in FaultSchedule.Short(run.Seed)) await run.Apply(fault);
        var report = await run.End();
        if (Environment.GetEnvironmentVariable("TMS_CHAOS_LOGS") is { Length: > 0 } folder) run.SaveOutputs(folder);
        Say(report.ToString());
        Assert.True(report.Wrong.Count == 0 && report.LongestRequest < Patience, report.ToString());
    }

    private static void Say(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);
}
