using Tms.EventStore;
using Tms.Grains.Abstractions.Projections;

namespace Tms.Grains.Projections;

/// <summary>Hosts the rebuild of one table; the work itself runs beside the grain, which stays answerable.</summary>
[GrainType("projection")]
internal sealed class ProjectionGrain(IReadModels models, TimeProvider time) : Grain, IProjectionGrain
{
    private RebuildView _view = new(RebuildState.Idle);
    private IGrainTimer? _run;

    /// <inheritdoc />
    public Task<RebuildView> Rebuild()
    {
        if (_view.State == RebuildState.Running) return Task.FromResult(_view);
        _view = new(RebuildState.Running, time.GetUtcNow());
        _run?.Dispose();
        _run = this.RegisterGrainTimer(
            Run,
            new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.Zero,
                Period = Timeout.InfiniteTimeSpan,
                Interleave = true,
                KeepAlive = true,
            });
        return Task.FromResult(_view);
    }

    /// <inheritdoc />
    public Task<RebuildView> Get() => Task.FromResult(_view);

    private async Task Run(CancellationToken cancel)
    {
        try
        {
            await models.Rebuild(this.GetPrimaryKeyString(), cancel);
            _view = _view with { State = RebuildState.Done, FinishedAt = time.GetUtcNow() };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _view = _view with { State = RebuildState.Failed, FinishedAt = time.GetUtcNow(), Error = e.Message };
        }
    }
}
