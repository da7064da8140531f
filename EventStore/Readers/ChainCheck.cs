namespace Tms.EventStore.Readers;

/// <summary>Walks the hash chain of every tenant: proves that nothing was changed, lost or put in between. May run beside writers.</summary>
public sealed class ChainCheck(IDatabase database, IEventReader reader)
{
    private const int PageSize = 500;

    /// <summary>Every tenant that has events, or an end of a log.</summary>
    public async Task<IReadOnlyList<TenantId>> Tenants(CancellationToken cancel) =>
        await database.Query("select tenant from tenants union select tenant from events order by 1", r => new TenantId(r.GetGuid(0)), cancel);

    /// <summary>Walks a tenant's log from its first event to where it ended at the call.</summary>
    public async Task<ChainState> Walk(TenantId tenant, CancellationToken cancel)
    {
        var head = await reader.Head(tenant, cancel);
        var walked = new ChainState(CompanySequence.Start, HashChain.Genesis(tenant), null);
        while (walked.Fault is null && walked.Sequence.Value < head.Sequence.Value)
        {
            var page = await reader.ReadCompany(tenant, walked.Sequence, PageSize, cancel);
            walked = page.Count == 0 ? walked with { Fault = "the events after it are missing" } : Follow(walked, page.Where(e => e.Sequence.Value <= head.Sequence.Value));
        }

        if (walked.Fault is not null) return walked;
        return walked.Hash.AsSpan().SequenceEqual(head.Hash) ? await Beyond(walked, tenant, cancel) : walked with { Fault = "its hash is not the one noted as the log's last" };
    }

    private static ChainState Follow(ChainState walked, IEnumerable<RecordedEvent> events)
    {
        foreach (var e in events)
        {
            if (e.Sequence.Value != walked.Sequence.Value + 1) return walked with { Fault = "the event after it is missing" };
            var hash = HashChain.Next(walked.Hash, e);
            if (!hash.AsSpan().SequenceEqual(e.Hash)) return walked with { Fault = "the event after it is not what was written" };
            walked = new(e.Sequence, hash, null);
        }

        return walked;
    }

    // A writer may have been here meanwhile: then the noted end has moved as well.
    private async Task<ChainState> Beyond(ChainState walked, TenantId tenant, CancellationToken cancel)
    {
        if (await reader.ReadCompany(tenant, walked.Sequence, 1, cancel) is not [var more]) return walked;
        var head = await reader.Head(tenant, cancel);
        return head.Sequence.Value >= more.Sequence.Value ? walked : walked with { Fault = "events stand after it, and it is noted as the log's last" };
    }
}

/// <summary>How far a tenant's chain is sound.</summary>
/// <param name="Sequence">The last event that is as it was written, with all before it.</param>
/// <param name="Hash">The chain's hash there.</param>
/// <param name="Fault">What is wrong after it; null where nothing is.</param>
public sealed record ChainState(CompanySequence Sequence, byte[] Hash, string? Fault);
