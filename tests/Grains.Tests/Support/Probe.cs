using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;

namespace Tms.Grains.Tests.Support;

/// <summary>A reactor that remembers, and fails on demand.</summary>
internal sealed class Probe(string name, params string[] types) : IReactor
{
    private readonly List<DeliveredEvent> _handled = [];

    public string Name => name;

    public IReadOnlySet<string> EventTypes { get; } = types.ToHashSet();

    public Func<DeliveredEvent, bool> Fails { get; set; } = _ => false;

    public Func<DeliveredEvent, Exception>? Breaks { get; set; }

    public Counted Handled { get; } = new();

    public Counted Failures { get; } = new();

    public List<Guid?> Callers { get; } = [];

    public long[] Of(TenantId tenant)
    {
        lock (_handled) return [.. _handled.Where(e => e.Tenant == tenant.Value).Select(e => e.Sequence)];
    }

    public async Task Handle(DeliveredEvent e, ReactorContext context)
    {
        await Task.Yield();
        if (Breaks?.Invoke(e) is { } broken) throw Failed(broken);
        if (Fails(e)) throw Failed(new InvalidOperationException("It fails."));
        lock (_handled)
        {
            _handled.Add(e);
            Callers.Add(CallerTenant.Get());
        }

        Handled.Add();
    }

    private Exception Failed(Exception e)
    {
        Failures.Add();
        return e;
    }
}
