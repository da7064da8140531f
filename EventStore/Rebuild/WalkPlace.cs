using Tms.EventStore.Heads;

namespace Tms.EventStore.Rebuild;

/// <summary>
/// What a walk over a table's streams must know of the tenant's read models, held against the store under the partition's lock.
/// </summary>
internal sealed class WalkPlace(TenantId tenant, ModelName model)
{
    private HashSet<ModelName> _beside = [];
    private long _begin;

    /// <summary>The sequence since which appends have left the table out; null while they write to it.</summary>
    public long? Since { get; private set; }

    /// <summary>Notes that the walk begins. A table that is covered stays covered, so that appends go on writing to it.</summary>
    public async Task<bool> Begin(ICoverSession session, CancellationToken cancel)
    {
        if (await session.Load(tenant, cancel) is not { } stored)
        {
            return false;
        }

        stored.Models.Renew(model);
        _beside = [.. stored.Models.Beside(model)];
        _begin = stored.Head;
        Since = stored.Models.Covers(model) ? null : _begin;
        await session.Save(tenant, stored.Models, cancel);
        return true;
    }

    /// <summary>Makes sure that the rows are still the walk's own to replace.</summary>
    /// <exception cref="StoreUnavailableException">Another version of the table was folded meanwhile: the walk must begin anew.</exception>
    public async Task GoOn(ICoverSession session, CancellationToken cancel)
    {
        var stored = await Load(session, cancel);
        var isCovered = stored.Covers(model);
        if (stored.Beside(model).Any(m => !_beside.Contains(m) && (m.Version > model.Version || !isCovered)))
        {
            throw new StoreUnavailableException($"Another release folded the table {model.Table} of {tenant.Value} meanwhile.");
        }

        if (!isCovered)
        {
            // Rows are ahead of a head that an older release left: nobody may go on from there.
            var head = stored.Behead(model);
            Since ??= head ?? _begin;
            if (head is not null) await session.Save(tenant, stored, cancel);
        }
    }

    /// <summary>Has appends leave the table out from now on, until the walk has ended or a keeper has folded it.</summary>
    public async Task<bool> Uncover(ICoverSession session, CancellationToken cancel)
    {
        var stored = await Load(session, cancel);
        stored.Uncover(model);
        Since ??= _begin;
        await session.Save(tenant, stored, cancel);
        return true;
    }

    /// <summary>Notes that the rows are the fold of the whole log.</summary>
    public async Task End(ICoverSession session, CancellationToken cancel)
    {
        var stored = await Load(session, cancel);
        stored.Cover(model, GapKind.Whole);
        await session.Save(tenant, stored, cancel);
    }

    /// <summary>Has all that came up to a sequence behind it.</summary>
    public void MoveTo(long sequence) => Since = sequence;

    private async Task<TenantModels> Load(ICoverSession session, CancellationToken cancel) =>
        (await session.Load(tenant, cancel) ?? throw new InvalidOperationException($"The log of {tenant.Value} is gone.")).Models;
}
