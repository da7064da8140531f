using Tms.Grains.Abstractions.Reactors;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;

namespace Tms.Grains.Realtime;

/// <summary>Rings the reactors of one company, one way, and once more when it is quiet: the first ring may have died with a silo.</summary>
internal sealed class ReactorBells(Guid tenant, ReactorCatalog catalog, IGrainFactory grains)
{
    private readonly Dictionary<string, IReactorGrain> _reactors = [];
    private readonly Dictionary<string, long> _rung = [];

    /// <summary>Rings those that act on one of the events.</summary>
    internal void Ring(DeliveredEvent[] events)
    {
        var wanted = new Dictionary<string, long>();
        foreach (var e in events)
        {
            foreach (var name in catalog.ActingOn(e.Type)) wanted[name] = e.Sequence;
        }

        foreach (var (name, sequence) in wanted)
        {
            _rung[name] = sequence;
            RingOne(name, sequence);
        }
    }

    /// <summary>Repeats the last ring of each. A reactor that heard it the first time does nothing.</summary>
    internal void RingAgain()
    {
        foreach (var (name, sequence) in _rung) RingOne(name, sequence);
        _rung.Clear();
    }

    private void RingOne(string name, long sequence)
    {
        if (!_reactors.TryGetValue(name, out var reactor))
        {
            _reactors[name] = reactor = grains.GetGrain<IReactorGrain>(ReactorKey.For(tenant, name));
        }

        using var caller = CallerTenant.ActingFor(tenant);
        reactor.Ring(sequence).Ignore();
    }
}
