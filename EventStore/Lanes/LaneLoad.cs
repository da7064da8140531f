using System.Runtime.InteropServices;

namespace Tms.EventStore.Lanes;

/// <summary>The units of a lane that have no answer yet, in whichever queue they wait, by number and bytes.</summary>
/// <remarks>
/// Beyond its bounds a lane takes no more. One tenant may have a quarter of it,
/// so that no tenant alone makes a lane refuse the others' units.
/// </remarks>
internal sealed class LaneLoad(EventStoreOptions options)
{
    /// <summary>How many tenants must have all that they may have before a lane is full.</summary>
    private const int Shares = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Load> _tenants = [];
    private Load _all;
    private PendingUnit? _oldest;
    private PendingUnit? _newest;

    /// <summary>How many units have no answer yet.</summary>
    public int Units
    {
        get
        {
            lock (_gate) return _all.Units;
        }
    }

    /// <summary>Takes a unit in; else says why not. Who has none waiting may bring one as long as there is room, however large.</summary>
    public string? Refuses(PendingUnit pending)
    {
        lock (_gate)
        {
            if (!_all.HasRoom(pending, options.MaxQueue, options.MaxQueueBytes)) return "Too many appends are waiting for the log.";
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_tenants, pending.Unit.Tenant, out _);
            if (!own.HasRoom(pending, options.MaxQueue / Shares, options.MaxQueueBytes / Shares))
            {
                return "Too many appends of this company are waiting for the log.";
            }

            own.Add(pending, 1);
            _all.Add(pending, 1);
            Link(pending);
            return null;
        }
    }

    /// <summary>Lets go of a unit that was taken in and has its answer.</summary>
    public void Leave(PendingUnit pending)
    {
        lock (_gate)
        {
            Unlink(pending);
            _all.Add(pending, -1);
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_tenants, pending.Unit.Tenant, out _);
            own.Add(pending, -1);
            if (own.Units == 0) _tenants.Remove(pending.Unit.Tenant);
        }
    }

    /// <summary>Those that came first, as long as they are of some kind.</summary>
    public List<PendingUnit> Oldest(Predicate<PendingUnit> kind)
    {
        var oldest = new List<PendingUnit>();
        lock (_gate)
        {
            for (var unit = _oldest; unit is not null && kind(unit); unit = unit.Beside.Newer) oldest.Add(unit);
        }

        return oldest;
    }

    private void Link(PendingUnit pending)
    {
        pending.Beside = (_newest, null);
        if (_newest is { } last) last.Beside = last.Beside with { Newer = pending };
        _oldest ??= pending;
        _newest = pending;
    }

    private void Unlink(PendingUnit pending)
    {
        var (older, newer) = pending.Beside;
        pending.Beside = default;
        if (older is null) _oldest = newer; else older.Beside = older.Beside with { Newer = newer };
        if (newer is null) _newest = older; else newer.Beside = newer.Beside with { Older = older };
    }
}
