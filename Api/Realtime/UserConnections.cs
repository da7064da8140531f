using System.Collections.Concurrent;
using Tms.Grains.Abstractions.Realtime;

namespace Tms.Api.Realtime;

/// <summary>Holds every user to a number of live connections on all nodes; while the cluster does not answer, on this node.</summary>
internal sealed class UserConnections(IConnectionLeases leases, LiveServices live) : BackgroundService
{
    private static readonly TimeSpan Renewal = IUserConnectionsGrain.Lease / 3;
    private readonly ConcurrentDictionary<UserKey, UserSlots> _users = [];
    private volatile bool _failing;

    /// <summary>Counts one more; false when the user has as many as one may have.</summary>
    public async ValueTask<bool> TryEnter(UserKey user)
    {
        while (true)
        {
            var slots = _users.GetOrAdd(user, static _ => new UserSlots());
            using var turn = await slots.Turn();
            if (slots.IsGone) continue;
            var entered = slots.Connections < live.Options.ConnectionsPerUser && await MayEnter(user, slots.Connections + 1);
            if (entered) slots.Connections++;
            Forget(user, slots);
            return entered;
        }
    }

    /// <summary>Counts one less.</summary>
    public async ValueTask Leave(UserKey user)
    {
        if (!_users.TryGetValue(user, out var slots)) return;
        using var turn = await slots.Turn();
        slots.Connections--;
        leases.Renew(user, slots.Connections);
        Forget(user, slots);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, live.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (user, slots) in _users) _ = Renew(user, slots);
        }
    }

    // Not waited for: one user whose count does not answer must not keep the others' from being renewed.
    private async Task Renew(UserKey user, UserSlots slots)
    {
        using var turn = await slots.Turn();
        if (slots.Connections > 0) leases.Renew(user, slots.Connections);
    }

    private async Task<bool> MayEnter(UserKey user, int connections)
    {
        try
        {
            var may = await leases.Enter(user, connections, live.Options.ConnectionsPerUser);
            if (_failing) live.Log.LimitsRecovered();
            _failing = false;
            return may;
        }
        catch (Exception unreachable)
        {
            live.Metrics.CountedAlone();
            if (!_failing) live.Log.LimitsAlone(unreachable);
            _failing = true;
            return true;
        }
    }

    private void Forget(UserKey user, UserSlots slots)
    {
        if (slots.Connections > 0) return;
        slots.IsGone = true;
        _users.TryRemove(user, out _);
    }
}
