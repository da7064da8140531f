using Tms.EventStore;
using Tms.EventStore.Readers;

namespace Tms.Api.Audit;

/// <summary>
/// Holds heads that somebody kept against the log as it is: what a walk over the chain cannot see, for a chain that was cut or written anew
/// is sound in itself.
/// </summary>
public sealed class HeadCheck(SignedHeads heads, ChainCheck chain, IEventReader reader)
{
    /// <summary>What heads say of a company's log, in their order.</summary>
    public async Task<IReadOnlyList<HeadVerdict>> Check(TenantId tenant, IReadOnlyList<string> given, CancellationToken cancel)
    {
        var epoch = await reader.Epoch(cancel);
        var verdicts = new List<HeadVerdict>(given.Count);
        foreach (var jws in given) verdicts.Add(await Check(tenant, jws, epoch, cancel));
        return verdicts;
    }

    private async Task<HeadVerdict> Check(TenantId tenant, string jws, Guid epoch, CancellationToken cancel)
    {
        if (await heads.Read(jws, cancel) is not { } head) return new(null, "it is no head that was signed here", Contradicts: false);
        if (head.CompanyId != tenant.Value) return new(head.Position, "it is another company's", Contradicts: false);
        var found = await chain.HashAt(tenant, new(head.Position), cancel) is { } hash ? Convert.ToHexStringLower(hash) : null;
        if (found == head.Hash) return new(head.Position, null, Contradicts: false);
        var reason = found is null ? "the log has no event at this position any more" : "the log has another hash at this position";
        return new(head.Position, head.Epoch == epoch ? reason : $"{reason}, and the database was restored since", Contradicts: true);
    }
}

/// <summary>What one head says of a company's log.</summary>
/// <param name="Position">The position it speaks of; null where it cannot be read.</param>
/// <param name="Reason">Why it does not hold; null where it does.</param>
/// <param name="Contradicts">Whether it was signed here for this company, and the log is another by now: who kept it has proof.</param>
public sealed record HeadVerdict(long? Position, string? Reason, bool Contradicts)
{
    internal HeadView ToView() => new(Position, Reason is null, Reason);
}
