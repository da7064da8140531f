using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>One tenant's rows of one table, folded from its log by the same rules as in an append.</summary>
internal sealed class TableFold(TableModel table, TenantId tenant, IEventReader reader, IEventOpener opener)
{
    private const int EventsPerPage = 1000;

    private readonly BatchFacts _facts = BatchFacts.For(table.Own);
    private readonly BatchPlan _rows = new(table.Own);
    private CompanySequence _read = CompanySequence.Start;

    public TableModel Table => table;

    public TenantId Tenant => tenant;

    /// <summary>Goes on from where it was to the end of the log as it is now.</summary>
    public async Task ReadAll(CancellationToken cancel)
    {
        while (await ReadPage(cancel) == EventsPerPage)
        {
        }
    }

    /// <summary>What is to be written.</summary>
    public BatchPlan Rows => _rows;

    private async Task<int> ReadPage(CancellationToken cancel)
    {
        var events = await reader.ReadCompany(tenant, _read, EventsPerPage, cancel);
        foreach (var e in await opener.Open(events, cancel))
        {
            var changes = new ModelChanges(table.Own, _facts);
            changes.Add(e);
            changes.MergeInto(_rows);
            _read = e.Sequence;
        }

        return events.Count;
    }
}
