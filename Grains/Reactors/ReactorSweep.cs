using Tms.EventStore;
using Tms.Grains.Abstractions.Reactors;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>Rings reactors that have work which nobody told them of: a ring, or the delivery before it, may die with a silo.</summary>
/// <remarks>
/// Looks when the silo starts and then every <see cref="ReactorOptions.SweepPeriod"/>, and counts the dead letters on the way, for the
/// operators' metrics.
/// One silo does it for all that have the same sets (decision 74).
/// The sets of this program are noted before the silo takes its first call.
/// </remarks>
internal sealed class ReactorSweep(
    ReactorParts parts, ReactorTail tail, ITurns turns, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const string Work = "reactor-sweep";
    private const int PageSize = 1000;
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Reactor, TenantId Tenant), long> _rung = [];
    private Task _loop = Task.CompletedTask;
    private bool _more;
    private bool _failing;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(ReactorSets), ServiceLifecycleStage.ApplicationServices, parts.Sets.Register);
        observer.Subscribe(nameof(ReactorSweep), ServiceLifecycleStage.Active, Start, Stop);
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    private Task Start(CancellationToken cancel)
    {
        _loop = Task.Run(Loop, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await _loop;
    }

    private async Task Loop()
    {
        while (!_stop.IsCancellationRequested)
        {
            await SweepPage();
            await Task.Delay(_more ? BetweenPages : Period(), parts.Time, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Silos that started together do not ask together.
    private TimeSpan Period() => parts.Options.SweepPeriod * (0.5 + (Random.Shared.NextDouble() / 2));

    private async Task SweepPage()
    {
        try
        {
            if (await turns.Try(Work, Kind(), _stop.Token)) await Sweep();
            else Rest();
            Recovered();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(e);
        }
    }

    private string Kind() => string.Join(' ', parts.Sets.All.Select(set => set.Cursor).Order(StringComparer.Ordinal));

    private async Task Sweep()
    {
        parts.Metrics.WaitingLetters(await parts.Cursors.CountDeadLetters(null, _stop.Token));
        await RingRetries();
        await RingBehind();
    }

    // What was counted while it was this silo's turn is no longer true.
    private void Rest()
    {
        parts.Metrics.WaitingLetters(-1);
        _more = false;
    }

    private async Task RingRetries()
    {
        foreach (var reactor in parts.Sets.All.Select(set => set.Reactor))
        {
            foreach (var tenant in await parts.Cursors.Retrying(reactor, PageSize, _stop.Token)) Ring(reactor, tenant);
        }
    }

    private async Task RingBehind()
    {
        var (open, more) = await tail.Look(_stop.Token);
        foreach (var old in _rung.Where(rung => !IsFresh(rung.Value)).Select(rung => rung.Key).ToList()) _rung.Remove(old);
        foreach (var one in open.Where(one => _rung.TryAdd(one, parts.Time.GetTimestamp()))) Ring(one.Reactor, one.Tenant);
        _more = more;
    }

    // A reactor at work saves its cursor late: looks that follow each other at once find it open again and again, and one ring is enough.
    private bool IsFresh(long rungAt) => parts.Time.GetElapsedTime(rungAt) < parts.Options.SweepPeriod / 2;

    private void Ring(string reactor, TenantId tenant)
    {
        parts.Metrics.Swept(reactor);
        using var caller = CallerTenant.ActingFor(tenant.Value);
        grains.GetGrain<IReactorGrain>(ReactorKey.For(tenant.Value, reactor)).Ring(0).Ignore();
    }

    private void Recovered()
    {
        if (_failing) parts.Log.SweepsAgain();
        _failing = false;
    }

    private void Failed(Exception e)
    {
        _more = false;
        if (!_failing && !_stop.IsCancellationRequested) parts.Log.NoSweep(parts.Options.SweepPeriod, e);
        _failing = true;
    }
}
