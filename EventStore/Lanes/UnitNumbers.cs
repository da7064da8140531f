namespace Tms.EventStore.Lanes;

/// <summary>The numbers that one unit draws, known to others only when the unit is merged: what is refused leaves no gap.</summary>
internal sealed class UnitNumbers
{
    private readonly Dictionary<(TenantId Tenant, string Series), long> _last = [];
    private readonly BatchFacts _facts;

    public UnitNumbers(TenantId tenant, IReadOnlyList<string> series, BatchFacts facts)
    {
        _facts = facts;
        var drawn = new long[series.Count];
        for (var i = 0; i < drawn.Length; i++)
        {
            var key = (tenant, series[i]);
            drawn[i] = _last[key] = 1 + (_last.TryGetValue(key, out var own) ? own : facts.Counters.GetValueOrDefault(key));
        }

        Drawn = drawn;
    }

    /// <summary>In the order of the unit's draws.</summary>
    public IReadOnlyList<long> Drawn { get; }

    /// <summary>The unit's events with the numbers in them.</summary>
    /// <exception cref="UnitRejectedException">They are not the events that the unit names, or too large.</exception>
    public IReadOnlyList<EventData> Complete(AppendUnit unit, int maxBytes) => Complete(unit, Drawn, maxBytes);

    /// <summary>The unit's events with given numbers in them.</summary>
    /// <exception cref="UnitRejectedException">They are not the events that the unit names, or too large.</exception>
    public static IReadOnlyList<EventData> Complete(AppendUnit unit, IReadOnlyList<long> numbers, int maxBytes)
    {
        var events = unit.Draw!.Complete(numbers);
        var bytes = UnitCheck.Bytes(events, unit.Metadata.Length);
        return IsOutlined(events, unit) && bytes <= maxBytes
            ? events
            : throw new UnitRejectedException(
                $"A unit with numbers completed to {events.Count} events of {bytes} bytes, or to others than it names.");
    }

    public void MergeInto(BatchPlan plan)
    {
        foreach (var (key, number) in _last)
        {
            _facts.Counters[key] = plan.Counters[key] = number;
        }
    }

    private static bool IsOutlined(IReadOnlyList<EventData> events, AppendUnit unit)
    {
        var next = 0;
        foreach (var append in unit.Streams)
        {
            for (var i = 0; i < append.Events.Count; i++, next++)
            {
                if (next >= events.Count || events[next].Id != append.Events[i].Id || events[next].Type != append.Events[i].Type)
                    return false;
            }
        }

        return next == events.Count;
    }
}
