using Microsoft.Extensions.Logging;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Heads;

/// <summary>
/// Makes up for what this process' read models lack of a tenant's log, in a transaction that holds the tenant's partition.
/// </summary>
/// <remarks>
/// What would take too long, or cannot be folded, stays behind: its rows are left alone, also by appends, until the keeper or an operator
/// folds them anew.
/// </remarks>
internal sealed class Covering(
    InlineModels models, GapReader reader, StreamPieces streams, EventStoreOptions options, TimeProvider time, ILogger<Covering> log)
{
    private readonly GivenUp _givenUp = new(options.KeeperPeriod, time);
    private readonly IReadOnlyList<TableModel> _tables = TableModel.Of(models);
    private readonly IReadOnlyList<ModelName> _own = [.. TableModel.Of(models).Select(t => t.Name)];

    /// <summary>Covers the tenants of a batch whose last writer had other read models, and moves the batch's facts on.</summary>
    public async Task Cover(BatchFacts facts, ICoverSession session, CancellationToken cancel)
    {
        if (facts.Differing.Count == 0)
        {
            return;
        }

        // One time for the whole batch: all of its partitions are locked until the last tenant is covered.
        using var late = new CancellationTokenSource(options.MaxCatchUpTime, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        foreach (var (tenant, stored) in facts.Differing)
        {
            var head = facts.Heads[tenant].Sequence.Value;
            foreach (var behind in await Cover(new(tenant, head, stored, limit.Token), session, facts, cancel))
            {
                facts.Behind.Add((tenant, behind.Table));
            }

            facts.Marks[tenant] = stored.After(_own, head);
        }
    }

    /// <summary>Covers one tenant; answers what is still behind.</summary>
    public async Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, ICoverSession session, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(options.MaxCatchUpTime, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        return await session.Load(tenant, cancel) is { } stored
            ? await Cover(new(tenant, stored.Head, stored.Models, limit.Token), session, null, cancel)
            : [];
    }

    /// <summary>Notes that a table was folded anew, so that appends may try again what had been given up.</summary>
    public void Forget(TenantId tenant, ModelName model) => _givenUp.Forget(tenant, model);

    private async Task<IReadOnlyList<ModelName>> Cover(Lagging lagging, ICoverSession session, BatchFacts? facts, CancellationToken cancel)
    {
        var lacking = _tables.Where(t => !lagging.Models.Covers(t.Name)).ToList();
        var behind = new List<ModelName>();
        var used = await UsedTypes(lagging, lacking);
        foreach (var table in lacking)
        {
            var gap = lagging.Models.GapOf(table);
            if (gap.Kind == GapKind.None || await IsUnused(lagging, table, used, session, facts, cancel)
                || (!Hopeless(lagging, table, gap) && await Fill(lagging, table, gap, session, facts, cancel)))
            {
                lagging.Models.Cover(table.Name, gap.Kind);
            }
            else
            {
                behind.Add(table.Name);
            }
        }

        if (behind.Count < lacking.Count)
        {
            await session.Save(lagging.Tenant, lagging.Models, cancel);
        }

        return behind;
    }

    /// <summary>The types of the streams that the tenant's log has, if they may tell that a table lacks nothing; null: not known.</summary>
    private async Task<IReadOnlyList<string>?> UsedTypes(Lagging lagging, List<TableModel> lacking)
    {
        if (lacking.TrueForAll(t => _givenUp.Has(lagging.Tenant, t.Name) || lagging.Models.GapOf(t).Kind == GapKind.None))
        {
            return null;
        }

        try
        {
            return await streams.Types(lagging.Tenant, lagging.Limit);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Then each table is tried as if the log had something for it.
            return null;
        }
    }

    /// <summary>
    /// Has a table without rows, if the log has no stream that the table follows: complete at once, however long the log is.
    /// </summary>
    private async Task<bool> IsUnused(
        Lagging lagging, TableModel table, IReadOnlyList<string>? used, ICoverSession session, BatchFacts? facts, CancellationToken cancel)
    {
        if (used is null || used.Any(table.Follows))
        {
            return false;
        }

        if (await Try(lagging, table, session, () => session.Clear(table.Name.Table, lagging.Tenant, cancel), cancel) is { } failure)
        {
            return GiveUp(lagging.Tenant, table, failure);
        }

        facts?.Take(table, lagging.Tenant, BatchFacts.For(table.Own), all: true);
        return true;
    }

    // What was given up is left to the keeper, which folds it anew instead of trying the same again.
    private bool Hopeless(Lagging lagging, TableModel table, Gap gap)
    {
        if (lagging.Limit.IsCancellationRequested || _givenUp.Has(lagging.Tenant, table.Name))
        {
            return true;
        }

        return lagging.Head - gap.After > options.MaxCatchUp && !GiveUp(lagging.Tenant, table, null);
    }

    private async Task<bool> Fill(
        Lagging lagging, TableModel table, Gap gap, ICoverSession session, BatchFacts? facts, CancellationToken cancel)
    {
        var tenant = lagging.Tenant;
        GapFold? fold = null;
        var failure = await Try(
            lagging, table, session, async () => fold = await Written(tenant, table, gap, session, lagging.Limit, cancel), cancel);
        if (failure is not null || fold is null)
        {
            return GiveUp(tenant, table, failure is OperationCanceledException or StoreUnavailableException ? null : failure);
        }

        facts?.Take(table, tenant, fold.Facts, gap.Kind == GapKind.Whole);
        _givenUp.Forget(tenant, table.Name);
        return true;
    }

    private async Task<Exception?> Try(
        Lagging lagging, TableModel table, ICoverSession session, Func<Task> change, CancellationToken cancel)
    {
        try
        {
            return await session.Try(change, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException
            && (lagging.Limit.IsCancellationRequested || e.InnerException is TimeoutException))
        {
            // The session is lost with everything in it. Its next turn must not begin with the same.
            GiveUp(lagging.Tenant, table, null);
            throw;
        }
    }

    private async Task<GapFold?> Written(
        TenantId tenant, TableModel table, Gap gap, ICoverSession session, CancellationToken limit, CancellationToken cancel)
    {
        if (await reader.Read(tenant, table, gap, limit) is not { } events)
        {
            return null;
        }

        var fold = new GapFold(table, tenant, events);
        if (gap.Kind == GapKind.Rows)
        {
            await fold.GoOn(session, limit, cancel);
        }

        // A statement that is under way is never broken off: that would cost the session, and the batch with it.
        fold.Run(limit);
        await fold.Write(gap.Kind, session, limit, cancel);
        return fold;
    }

    private bool GiveUp(TenantId tenant, TableModel table, Exception? failure)
    {
        if (_givenUp.Note(tenant, table.Name) && failure is not null)
        {
            log.LogError(failure, "The rows of {Model} cannot be folded for {Tenant}: they are left as they are", table.Name, tenant.Value);
        }

        return false;
    }

    private sealed record Lagging(TenantId Tenant, long Head, TenantModels Models, CancellationToken Limit);
}
