namespace Tms.EventStore.Lanes;

/// <summary>What planning depends on beside the facts.</summary>
internal sealed record PlanRules(InlineModels Models, int MaxUnitBytes, long NowMicros);

/// <summary>Decides what a batch does: pure, given the facts. The same on both databases.</summary>
/// <remarks>All checks come before sequence, number and hash are given out; a unit that fails leaves nothing behind.</remarks>
internal sealed class BatchPlanner(BatchFacts facts, PlanRules rules)
{
    public BatchPlan Plan { get; } = new(rules.Models);

    /// <summary>Adds a unit, or says why not.</summary>
    /// <exception cref="UnitRejectedException">The unit's own code (number, projection) failed.</exception>
    public AppendResult Add(AppendUnit unit)
    {
        try
        {
            return Refusal(unit) ?? new UnitPlan(unit, facts, rules).MergeInto(Plan);
        }
        catch (Exception e) when (e is not UnitRejectedException)
        {
            throw new UnitRejectedException($"A unit of {unit.Streams[0].Stream} could not be planned: {e.Message}", e);
        }
    }

    private AppendResult? Refusal(AppendUnit unit)
    {
        foreach (var append in unit.Streams)
        {
            var actual = facts.Versions.GetValueOrDefault((append.Tenant, append.Stream));
            if (actual != append.Expected.Value)
            {
                return Repeated(unit) ?? TakenKey(unit) ?? new AppendResult.Conflict(append.Stream, new(actual));
            }
        }

        return TakenKey(unit) ?? TakenValue(unit);
    }

    private AppendResult? TakenKey(AppendUnit unit) =>
        unit.Key is { } key && facts.Commands.TryGetValue((unit.Tenant, Convert.ToHexString(key.Hash)), out var earlier)
            ? new AppendResult.KeyTaken(earlier)
            : null;

    private AppendResult? TakenValue(AppendUnit unit)
    {
        foreach (var wanted in unit.Reservations)
        {
            if (facts.Reservations.TryGetValue((wanted.Scope, wanted.Value), out var holder) && holder != wanted)
            {
                return new AppendResult.Reserved(holder);
            }
        }

        return null;
    }

    /// <summary>The same unit once more: all of its events stand where the unit would put them.</summary>
    private AppendResult? Repeated(AppendUnit unit)
    {
        var last = default(StoredEvent);
        foreach (var append in unit.Streams)
        {
            if (append.Events.Count == 0) continue;
            if (!facts.Stored.TryGetValue((append.Tenant, append.Stream), out var stored))
            {
                return null;
            }

            for (var i = 0; i < append.Events.Count; i++)
            {
                var (id, version) = (append.Events[i].Id, append.Expected.Value + 1 + i);
                var there = stored.Find(e => e.Version == version && e.Id == id);
                if (there.Version == 0)
                {
                    return null;
                }

                last = append.Tenant == unit.Streams[0].Tenant && there.Sequence > last.Sequence ? there : last;
            }
        }

        return Again(unit, last);
    }

    private static AppendResult.Appended Again(AppendUnit unit, StoredEvent last) =>
        new(unit.Streams[0].Last, new(last.Sequence), Micros.ToTime(last.TimeMicros), []) { AlreadyThere = true };
}
