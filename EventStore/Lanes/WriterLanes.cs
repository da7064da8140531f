namespace Tms.EventStore.Lanes;

/// <summary>All lanes of a process: a tenant's units always take the same one (partition modulo lanes).</summary>
internal sealed class WriterLanes : IEventWriter, IAsyncDisposable
{
    private readonly WriterLane[] _lanes;
    private readonly LaneWatch _watch;
    private readonly int _maxUnitBytes;

    public WriterLanes(Func<IBatchStore> session, int lanes, LaneParts parts)
    {
        _maxUnitBytes = parts.Options.MaxUnitBytes;
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new WriterLane(session, parts))];
        _watch = new(_lanes, parts);
        parts.Metrics.Watch(() => _lanes.Sum(l => l.Waiting), () => _lanes.Sum(l => l.Locked), () => _watch.Stalled);
        parts.Health.Watch(() => _watch.Trouble);
    }

    public Task<AppendResult> Append(AppendUnit unit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var bytes = UnitCheck.Check(unit, _maxUnitBytes);
        return _lanes[unit.Tenant.Partition % _lanes.Length].Append(unit, bytes, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_lanes.Select(static lane => lane.DisposeAsync().AsTask()));
        await _watch.DisposeAsync();
    }
}
