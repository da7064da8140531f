using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Reactors;

namespace Tms.Grains.Reactors;

/// <summary>Hosts the reactor that its key names: works when it is rung and when it wakes.</summary>
[GrainType("reactor"), PlacedByTenant]
internal sealed class ReactorGrain(ReactorCatalog catalog, ReactorParts parts) : Grain, IReactorGrain
{
    private ReactorWorker? _worker;
    private IGrainTimer? _timer;
    private string _name = "";
    private TenantId _tenant;
    private long _rungTo;
    private bool _rung = true;
    private bool _retries = true;
    private bool _working;
    private bool _backingOff;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _name) = ReactorKey.Parse(this.GetPrimaryKeyString());
        if (catalog.Find(_name) is not { } reactor) return Task.CompletedTask;
        _worker = new ReactorWorker(parts, reactor, _tenant, GrainFactory);
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions
        {
            DueTime = TimeSpan.Zero,
            Period = Timeout.InfiniteTimeSpan,
            Interleave = true,
            KeepAlive = true,
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        parts.Metrics.Behind(_name, _tenant.Value, 0);
        if (_worker is { Unsaved: true }) await _worker.Save(cancellationToken);
    }

    /// <inheritdoc />
    public Task Ring(long sequence)
    {
        if (_worker is null)
        {
            parts.Log.Unknown(this.GetPrimaryKeyString());
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        _rungTo = Math.Max(_rungTo, sequence);
        if (sequence == 0) _retries = true;
        if (sequence == 0 || sequence > _worker.Cursor) Wake();
        return Task.CompletedTask;
    }

    // While it backs off, rings change nothing: a busy company must not turn pauses into a storm of attempts.
    private void Wake()
    {
        _rung = true;
        if (!_working && !_backingOff) _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task Tick(CancellationToken cancel)
    {
        if (_working) return;
        _working = true;
        try
        {
            Sleep(_rung || _backingOff ? await Work(cancel) : await SaveOnly(cancel));
        }
        finally
        {
            _working = false;
        }
    }

    private async Task<TimeSpan?> Work(CancellationToken cancel)
    {
        TimeSpan? pause = null;
        do
        {
            var retries = _retries;
            (_rung, _retries, _backingOff) = (false, false, false);
            pause = await _worker!.Work(retries, cancel);
            _retries |= _worker.HasLetters || (retries && pause is not null);
            _rung |= _worker.HasLetters;
        }
        while (pause is null && _rung && !cancel.IsCancellationRequested);

        parts.Metrics.Behind(_name, _tenant.Value, pause is null ? 0 : _rungTo - _worker!.Cursor);
        _backingOff = pause is not null;
        return pause;
    }

    private async Task<TimeSpan?> SaveOnly(CancellationToken cancel)
    {
        await _worker!.Save(cancel);
        return null;
    }

    private void Sleep(TimeSpan? pause)
    {
        var wait = pause ?? (_rung ? TimeSpan.Zero : _worker!.Unsaved ? parts.Options.SaveAfter : Timeout.InfiniteTimeSpan);
        _timer!.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
