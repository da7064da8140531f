using System.Runtime.ExceptionServices;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

internal sealed class ReadModelRebuilder(
    InlineModels models, WalkParts parts, IDatabase database, IRebuildStore store, TenantsBehind behind) : IReadModels
{
    private readonly IReadOnlyList<TableModel> _tables = TableModel.Of(models);

    public IReadOnlyList<string> Tables => [.. _tables.Select(t => t.Name.Table)];

    public async Task<IReadOnlyDictionary<string, int>> Behind(CancellationToken cancel) =>
        (await behind.Sets(cancel)).SelectMany(s => behind.Lacking(s.Models), (s, model) => (model.Table, s.Tenants))
            .GroupBy(l => l.Table, l => l.Tenants, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.Sum(), StringComparer.Ordinal);

    public async Task Rebuild(string? table, CancellationToken cancel)
    {
        if (table is not null && !Tables.Contains(table))
        {
            throw new ArgumentException($"There is no read model '{table}'.", nameof(table));
        }

        // Who asks is a grain that must stay answerable, and with SQLite nothing here ever waits.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Exception? failure = null;
        foreach (var model in _tables.Where(t => table is null || t.Name.Table == table))
        {
            failure = await RebuildAll(model, cancel) ?? failure;
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Tenant by tenant; one that fails (a busy partition, an event that cannot be folded) does not hold up the others.</summary>
    private async Task<Exception?> RebuildAll(TableModel table, CancellationToken cancel)
    {
        Exception? failure = null;
        foreach (var tenant in await database.Query("select tenant from tenants order by tenant", r => new TenantId(r.GetGuid(0)), cancel))
        {
            try
            {
                await Rebuild(table, tenant, cancel);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                failure = e;
            }
        }

        return failure;
    }

    /// <summary>Folds one tenant's rows of a table anew.</summary>
    public async Task Rebuild(ModelName model, TenantId tenant, CancellationToken cancel) =>
        await Rebuild(_tables.Single(t => t.Name == model), tenant, cancel);

    private async Task Rebuild(TableModel table, TenantId tenant, CancellationToken cancel)
    {
        await using var session = await store.Open(tenant, table.Name.Table, cancel);
        await (table.IsTally
            ? new TallyWalk(table, tenant, session, parts).Run(cancel)
            : new TableWalk(table, tenant, session, parts).Run(cancel));
    }
}
