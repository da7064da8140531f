namespace Tms.EventStore.Lanes;

/// <summary>What a lane's session left behind with its last commits: a batch of which all is remembered need not ask the store.</summary>
/// <remarks>
/// It may be out of date, for other processes write too. Whatever they do to a tenant moves its sequence, so a batch planned from here
/// then breaks a key of the store (sequence, version, command, reservation) as a whole, and is planned again from what the store says.
/// A tenant that others were found to write to is not planned from here again until the store says once that nobody did.
/// Versions are not remembered: an append is taken at its word, and the store confirms that the version it follows is there.
/// Read models that other processes cover or leave move with the sequence too, but for the keeper and rebuilds: those the commit itself
/// notices.
/// Tenants with a read model that is behind are not remembered.
/// Of one lane and one session: never shared, forgotten with the session.
/// </remarks>
internal sealed class RememberedFacts(InlineModels models)
{
    private const int Most = 10_000;

    private readonly Dictionary<TenantId, TenantMemory> _tenants = [];

    /// <summary>Facts to plan a batch from, or null when the store must be asked.</summary>
    public BatchFacts? For(IReadOnlyList<AppendUnit> units)
    {
        var facts = BatchFacts.For(models);
        foreach (var unit in units)
        {
            foreach (var append in unit.Streams)
            {
                if (!Recall(append, facts))
                {
                    return null;
                }
            }

            if (unit.Draw is { } draw && !draw.Series.All(series => Recall(unit.Tenant, series, facts)))
            {
                return null;
            }
        }

        return facts;
    }

    /// <summary>Holds the memory against what the store says under the locks, before the batch is planned from that.</summary>
    public void Compare(BatchFacts facts)
    {
        foreach (var (tenant, head) in facts.Heads)
        {
            if (_tenants.TryGetValue(tenant, out var known)) known.Compare(head);
        }
    }

    /// <summary>Remembers how a committed batch left things.</summary>
    public void Keep(BatchPlan plan)
    {
        if (_tenants.Count + plan.Heads.Count > Most)
        {
            _tenants.Clear();
        }

        foreach (var (tenant, head) in plan.Heads)
        {
            if (plan.Marks.TryGetValue(tenant, out var mark) && mark.Models != models.Names)
            {
                _tenants.Remove(tenant);
            }
            else if (_tenants.TryGetValue(tenant, out var known))
            {
                known.Head = head;
            }
            else
            {
                _tenants[tenant] = new() { Head = head };
            }
        }

        foreach (var ((tenant, series), value) in plan.Counters)
        {
            if (_tenants.TryGetValue(tenant, out var known)) known.Counters[series] = value;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Forget() => _tenants.Clear();

    private bool Recall(StreamAppend append, BatchFacts facts)
    {
        // Where no event follows, no key of the store breaks if the stream has moved on.
        if (append.Events.Count == 0) return false;

        // Two units of one stream: which of them expects right, the store knows.
        if (!_tenants.TryGetValue(append.Tenant, out var known) || known.IsShared
            || !facts.Versions.TryAdd((append.Tenant, append.Stream), append.Expected.Value))
        {
            return false;
        }

        facts.Heads[append.Tenant] = known.Head;
        if (append.Expected == StreamVersion.Empty)
        {
            return true;
        }

        facts.Presumed.Add(append);
        return !models.ReadsRows(append.Stream.Type);
    }

    private bool Recall(TenantId tenant, string series, BatchFacts facts)
    {
        if (_tenants.TryGetValue(tenant, out var known) && known.Counters.TryGetValue(series, out var value))
        {
            facts.Counters[(tenant, series)] = value;
            return true;
        }

        return false;
    }

    /// <summary>How one tenant was left. Its counters move only with its head, so they are forgotten together.</summary>
    private sealed class TenantMemory
    {
        public required TenantHead Head { get; set; }

        public Dictionary<string, long> Counters { get; } = [];

        /// <summary>Whether somebody else was found to write to it.</summary>
        public bool IsShared { get; private set; }

        public void Compare(TenantHead stored)
        {
            IsShared = stored.Sequence != Head.Sequence || !stored.Hash.AsSpan().SequenceEqual(Head.Hash);
            if (IsShared) Counters.Clear();
        }
    }
}
