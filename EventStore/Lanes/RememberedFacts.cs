namespace Tms.EventStore.Lanes;

/// <summary>What a lane's session left behind with its last commits: a batch of which all is remembered need not ask the store.</summary>
/// <remarks>
/// It may be out of date, for other processes write too. Whatever they do to a tenant moves its sequence, so a batch planned from here
/// then breaks a key of the store (sequence, version, command, reservation) as a whole, and is planned again from what the store says.
/// Versions are not remembered: an append is taken at its word, and the store confirms that the version it follows is there.
/// Read models that other processes cover or leave move with the sequence too, but for the keeper and rebuilds: those the commit itself notices.
/// Tenants with a read model that is behind are not remembered.
/// Of one lane and one session: never shared, forgotten with the session.
/// </remarks>
internal sealed class RememberedFacts(InlineModels models)
{
    private const int Most = 10_000;

    private readonly Dictionary<TenantId, TenantHead> _heads = [];
    private readonly Dictionary<(TenantId Tenant, string Series), long> _counters = [];

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

    /// <summary>Remembers how a committed batch left things.</summary>
    public void Keep(BatchPlan plan)
    {
        Add(_heads, plan.Heads);
        foreach (var (tenant, mark) in plan.Marks)
        {
            if (mark.Models != models.Names)
            {
                _heads.Remove(tenant);
            }
        }

        Add(_counters, plan.Counters);
    }

    /// <summary>Forgets everything.</summary>
    public void Forget()
    {
        _heads.Clear();
        _counters.Clear();
    }

    private bool Recall(StreamAppend append, BatchFacts facts)
    {
        // Two units of one stream: which of them expects right, the store knows.
        if (!_heads.TryGetValue(append.Tenant, out var head) || !facts.Versions.TryAdd((append.Tenant, append.Stream), append.Expected.Value))
        {
            return false;
        }

        facts.Heads[append.Tenant] = head;
        if (append.Expected == StreamVersion.Empty)
        {
            return true;
        }

        facts.Presumed.Add(append);
        return !ReadsRow(append.Stream.Type);
    }

    private bool Recall(TenantId tenant, string series, BatchFacts facts)
    {
        if (_counters.TryGetValue((tenant, series), out var value))
        {
            facts.Counters[(tenant, series)] = value;
            return true;
        }

        return false;
    }

    private bool ReadsRow(string streamType)
    {
        foreach (var projection in models.Projections)
        {
            if (projection.ReadsRow && projection.Follows(streamType))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, TValue> known, Dictionary<TKey, TValue> news)
        where TKey : notnull
    {
        if (known.Count + news.Count > Most)
        {
            known.Clear();
        }

        foreach (var (key, value) in news)
        {
            known[key] = value;
        }
    }
}
