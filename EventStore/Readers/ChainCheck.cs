namespace Tms.EventStore.Readers;

/// <summary>
/// Walks the hash chain of every tenant: proves that nothing was changed, lost or put in between. May run beside writers.
/// </summary>
public sealed class ChainCheck(IDatabase database, IEventReader reader)
{
    private const int PageSize = 500;

    /// <summary>Every tenant that has events, or an end of a log.</summary>
    public async Task<IReadOnlyList<TenantId>> Tenants(CancellationToken cancel) =>
        await database.Query(
            "select tenant from tenants union select tenant from events order by 1", r => new TenantId(r.GetGuid(0)), cancel);

    /// <summary>
    /// Walks a tenant's log from its first event to where it ended at the call, a page at a time: what is held in memory does not grow with
    /// the log.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<ChainState> Walk(TenantId tenant, CancellationToken cancel)
    {
        var head = await reader.Head(tenant, cancel);
        var walked = new ChainState(CompanySequence.Start, HashChain.Genesis(tenant), null);
        var size = PageSize;
        while (walked.Fault is null && walked.Sequence.Value < head.Sequence.Value)
        {
            cancel.ThrowIfCancellationRequested();
            if (await Read(tenant, walked.Sequence, size, cancel) is { } page) walked = Follow(walked, page, head);
            else if (size == 1) walked = walked.Broken("the event cannot be read");
            else size = 1;
        }

        if (walked.Fault is not null) return walked;
        return walked.Hash.AsSpan().SequenceEqual(head.Hash)
            ? await Beyond(walked, tenant, cancel)
            : walked with { Fault = new(walked.Sequence, "its hash is not the one noted as the log's last") };
    }

    /// <summary>
    /// The hash that is stored after an event, whether the chain leads there or not; the tenant's genesis hash before the first. Null where
    /// the event is not there, or cannot be read.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<byte[]?> HashAt(TenantId tenant, CompanySequence sequence, CancellationToken cancel)
    {
        if (sequence == CompanySequence.Start) return HashChain.Genesis(tenant);
        return await Read(tenant, new(sequence.Value - 1), 1, cancel) is [var e] && e.Sequence == sequence ? e.Hash : null;
    }

    // What was written into a row by hand need not even be a number or an id: such a page is read event by event.
    private async Task<IReadOnlyList<RecordedEvent>?> Read(TenantId tenant, CompanySequence after, int size, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadCompany(tenant, after, size, cancel);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static ChainState Follow(ChainState walked, IReadOnlyList<RecordedEvent> page, TenantHead head)
    {
        if (page.Count == 0) return walked.Broken("the events from here on are missing");
        foreach (var e in page.TakeWhile(e => e.Sequence.Value <= head.Sequence.Value))
        {
            if (e.Sequence.Value != walked.Sequence.Value + 1) return walked.Broken("the event is missing");
            if (!HashChain.CanHash(e)) return walked.Broken("the event is not what was written");
            var hash = HashChain.Next(walked.Hash, e);
            if (!hash.AsSpan().SequenceEqual(e.Hash)) return walked.Broken("the event is not what was written");
            walked = new(e.Sequence, hash, null);
        }

        return page[0].Sequence.Value > head.Sequence.Value ? walked.Broken("the events from here on are missing") : walked;
    }

    // A writer may have been here meanwhile: then the noted end has moved as well.
    private async Task<ChainState> Beyond(ChainState walked, TenantId tenant, CancellationToken cancel)
    {
        if (await Read(tenant, walked.Sequence, 1, cancel) is not { } next) return walked.Broken("the event cannot be read");
        if (next is not [var more]) return walked;
        var head = await reader.Head(tenant, cancel);
        return head.Sequence.Value >= more.Sequence.Value
            ? walked
            : walked.Broken("events stand here, beyond what is noted as the log's end");
    }
}

/// <summary>How far a tenant's chain is sound.</summary>
/// <param name="Sequence">The last event that is as it was written, with all before it.</param>
/// <param name="Hash">The chain's hash there.</param>
/// <param name="Fault">What is wrong, and where; null where nothing is.</param>
public sealed record ChainState(CompanySequence Sequence, byte[] Hash, ChainFault? Fault)
{
    internal ChainState Broken(string reason) => this with { Fault = new(new(Sequence.Value + 1), reason) };
}

/// <summary>Where a chain is broken first.</summary>
/// <param name="At">The first event that is not as it was written, or is not there.</param>
/// <param name="Reason">What is wrong with it, for a person.</param>
public sealed record ChainFault(CompanySequence At, string Reason);
