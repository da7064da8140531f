using Microsoft.Extensions.Logging;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Heads;

/// <summary>Makes up for what this process' read models lack of a tenant's log, in a transaction that holds the tenant's partition.</summary>
/// <remarks>
/// What would take too long, or cannot be folded, stays behind: its rows are left alone, also by appends, until the keeper or an operator folds them anew.
/// </remarks>
internal sealed class Covering(InlineModels models, GapReader reader, ILogger<Covering> log)
{
    private readonly IReadOnlyList<TableModel> _tables = TableModel.Of(models);
    private readonly IReadOnlyList<ModelName> _own = [.. TableModel.Of(models).Select(t => t.Name)];

    /// <summary>Covers the tenants of a batch whose last writer had other read models, and moves the batch's facts on.</summary>
    public async Task Cover(BatchFacts facts, ICoverSession session, CancellationToken cancel)
    {
        foreach (var (tenant, stored) in facts.Differing)
        {
            var head = facts.Heads[tenant].Sequence.Value;
            foreach (var behind in await Cover(tenant, stored, session, facts, cancel))
            {
                facts.Behind.Add((tenant, behind.Table));
            }

            facts.Marks[tenant] = stored.After(_own, head);
        }
    }

    /// <summary>Covers one tenant; answers what is still behind.</summary>
    public async Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, ICoverSession session, CancellationToken cancel) =>
        await session.Load(tenant, cancel) is { } stored ? await Cover(tenant, stored.Models, session, null, cancel) : [];

    /// <summary>Notes that a table was folded from the start.</summary>
    public static async Task Replaced(TenantId tenant, ModelName model, ICoverSession session, CancellationToken cancel)
    {
        if (await session.Load(tenant, cancel) is { } stored)
        {
            stored.Models.Cover(model, GapKind.Whole);
            await session.Save(tenant, stored.Models, cancel);
        }
    }

    private async Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, TenantModels stored, ICoverSession session, BatchFacts? facts, CancellationToken cancel)
    {
        var lacking = _tables.Where(t => !stored.Covers(t.Name)).ToList();
        var behind = new List<ModelName>();
        foreach (var table in lacking)
        {
            var gap = stored.GapOf(table);
            if (gap.Kind == GapKind.None || await Fill(tenant, table, gap, session, facts, cancel))
            {
                stored.Cover(table.Name, gap.Kind);
            }
            else
            {
                behind.Add(table.Name);
            }
        }

        if (behind.Count < lacking.Count)
        {
            await session.Save(tenant, stored, cancel);
        }

        return behind;
    }

    private async Task<bool> Fill(TenantId tenant, TableModel table, Gap gap, ICoverSession session, BatchFacts? facts, CancellationToken cancel)
    {
        if (await reader.Read(tenant, table, gap, cancel) is not { } events)
        {
            return false;
        }

        var fold = new GapFold(table, tenant, events);
        if (gap.Kind == GapKind.Rows)
        {
            await fold.GoOn(session, cancel);
        }

        try
        {
            fold.Run();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "The rows of {Model} cannot be folded for {Tenant}: they are left as they are", table.Name, tenant.Value);
            return false;
        }

        await fold.Write(gap.Kind, session, cancel);
        facts?.Take(table, tenant, fold.Rows, gap.Kind == GapKind.Whole);
        return true;
    }
}
