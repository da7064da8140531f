using Tms.EventStore;
using Tms.Grains.Abstractions.Reactors;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>Rings reactors that have work which nobody told them of: a ring, or the delivery before it, may die with a silo.</summary>
/// <remarks>
/// Counts the dead letters on the way, for the operators' metrics. One query when the silo starts and then every <see cref="ReactorOptions.SweepPeriod"/>. Cursors without work are moved to their log's end
/// in one write, so that an idle store answers nothing and no event is looked at twice.
/// </remarks>
internal sealed class ReactorSweep(ReactorCatalog catalog, ReactorParts parts, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int PageSize = 1000;
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyCollection<(string Reactor, string EventType)> _wants = catalog.Wants;
    private Task _loop = Task.CompletedTask;
    private ReactorCursor? _after;
    private bool _failing;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(ReactorSweep), ServiceLifecycleStage.Active, Start, Stop);

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
            await Task.Delay(_after is null ? Period() : BetweenPages, parts.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Silos that started together do not ask together.
    private TimeSpan Period() => parts.Options.SweepPeriod * (0.5 + (Random.Shared.NextDouble() / 2));

    private async Task SweepPage()
    {
        try
        {
            parts.Metrics.WaitingLetters(await parts.Cursors.CountDeadLetters(null, _stop.Token));
            if (_wants.Count > 0) await RingBehind();
            Recovered();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(e);
        }
    }

    private async Task RingBehind()
    {
        var page = await parts.Cursors.Behind(_wants, _after, PageSize, _stop.Token);
        foreach (var behind in page.Where(b => b.HasWork)) Ring(behind.Head);
        if (page.Any(b => !b.HasWork)) await parts.Cursors.SaveAll([.. page.Where(b => !b.HasWork).Select(b => b.Head)], _stop.Token);
        _after = page.Count == PageSize ? page[^1].Head : null;
    }

    private void Ring(ReactorCursor head)
    {
        parts.Metrics.Swept(head.Reactor);
        using var caller = CallerTenant.ActingFor(head.Tenant.Value);
        grains.GetGrain<IReactorGrain>(ReactorKey.For(head.Tenant.Value, head.Reactor)).Ring(0).Ignore();
    }

    private void Recovered()
    {
        if (_failing) parts.Log.SweepsAgain();
        _failing = false;
    }

    private void Failed(Exception e)
    {
        _after = null;
        if (!_failing && !_stop.IsCancellationRequested) parts.Log.NoSweep(parts.Options.SweepPeriod, e);
        _failing = true;
    }
}
