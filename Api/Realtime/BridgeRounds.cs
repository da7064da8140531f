using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>What this node does for all its bridges at once: compares them with the log, and has quiet ones give way.</summary>
internal sealed class BridgeRounds(LiveServices live)
{
    // A question that hangs must not keep all companies from what they have missed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long _comparedAt = live.Time.GetTimestamp();
    private Task _comparing = Task.CompletedTask;

    /// <summary>Does what it is time for; never waits. Called by the node's one timer.</summary>
    public void Tick(ICollection<CompanyBridge> bridges, CancellationToken cancel)
    {
        if (live.Memory.Wanted is > 0 and var wanted) Relieve(bridges, wanted);
        if (bridges.Count == 0 || !_comparing.IsCompleted || live.Time.GetElapsedTime(_comparedAt) < live.Options.HeadCheck) return;
        _comparedAt = live.Time.GetTimestamp();
        _comparing = Compare([.. bridges], cancel);
    }

    // One query, however many companies: a node at rest asks once in a while.
    private async Task Compare(CompanyBridge[] bridges, CancellationToken cancel)
    {
        try
        {
            var heads = await live.Reader.Heads([.. bridges.Select(bridge => bridge.Tenant)], cancel)
                .WaitAsync(Patience, live.Time, cancel);
            foreach (var bridge in bridges) bridge.Compare(Task.FromResult(heads[bridge.Tenant]));
        }
        catch (Exception failure)
        {
            // Each bridge tells of it, and of its end, as of every read that fails.
            foreach (var bridge in bridges) bridge.Compare(Task.FromException<TenantHead>(failure));
        }
    }

    private static void Relieve(IEnumerable<CompanyBridge> bridges, long wanted)
    {
        foreach (var quiet in bridges.Where(bridge => bridge.Bytes > 0).OrderBy(bridge => bridge.MovedAt))
        {
            if (wanted <= 0) return;
            wanted -= quiet.Bytes;
            quiet.GiveWay();
        }
    }
}
