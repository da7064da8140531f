using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

internal sealed class ReadModelRebuilder(InlineModels models, IEventReader reader, IDatabase database, IRebuildStore store) : IReadModels
{
    public IReadOnlyList<string> Tables { get; } =
        [.. models.Projections.Select(p => p.Table.Name).Concat(models.Entries.Select(e => e.Table.Name)).Distinct().Order(StringComparer.Ordinal)];

    public async Task Rebuild(string? table, CancellationToken cancel)
    {
        if (table is not null && !Tables.Contains(table))
        {
            throw new ArgumentException($"There is no read model '{table}'.", nameof(table));
        }

        foreach (var name in Tables.Where(t => table is null || t == table))
        {
            await RebuildOne(name, cancel);
        }
    }

    private async Task RebuildOne(string table, CancellationToken cancel)
    {
        var own = new InlineModels([.. models.Projections.Where(p => p.Table.Name == table)], [.. models.Entries.Where(e => e.Table.Name == table)]);
        foreach (var tenant in await database.Query("select tenant from tenants order by tenant", r => new TenantId(r.GetGuid(0)), cancel))
        {
            // All but the newest events are folded before anybody has to wait.
            var fold = new TableFold(table, own, tenant, reader);
            await fold.ReadAll(cancel);
            await store.Replace(fold, cancel);
        }
    }
}
