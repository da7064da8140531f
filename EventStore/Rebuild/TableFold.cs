using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>One tenant's rows of one table, folded from its log by the same rules as in an append.</summary>
internal sealed class TableFold(string table, InlineModels models, TenantId tenant, IEventReader reader)
{
    private const int EventsPerPage = 1000, RowsPerPart = 1000;

    private readonly BatchFacts _facts = BatchFacts.For(models);
    private readonly BatchPlan _rows = new(models.Projections.Count, models.Entries.Count);
    private CompanySequence _read = CompanySequence.Start;

    public string Table => table;

    public InlineModels Models => models;

    public TenantId Tenant => tenant;

    /// <summary>Goes on from where it was to the end of the log as it is now.</summary>
    public async Task ReadAll(CancellationToken cancel)
    {
        while (await ReadPage(cancel) == EventsPerPage)
        {
        }
    }

    /// <summary>What is to be written, in parts that a statement takes in well under its time limit.</summary>
    public IEnumerable<BatchPlan> Parts()
    {
        for (var i = 0; i < models.Projections.Count; i++)
        {
            foreach (var rows in _rows.Rows[i].Where(r => r.Value is not null).Chunk(RowsPerPart))
            {
                var part = NewPlan();
                Array.ForEach(rows, r => part.Rows[i].Add(r.Key, r.Value));
                yield return part;
            }
        }

        for (var i = 0; i < models.Entries.Count; i++)
        {
            foreach (var rows in _rows.Entries[i].Chunk(RowsPerPart))
            {
                var part = NewPlan();
                part.Entries[i].AddRange(rows);
                yield return part;
            }
        }
    }

    private async Task<int> ReadPage(CancellationToken cancel)
    {
        var events = await reader.ReadCompany(tenant, _read, EventsPerPage, cancel);
        foreach (var e in events)
        {
            var changes = new ModelChanges(models, _facts);
            changes.Add(e);
            changes.MergeInto(_rows);
            _read = e.Sequence;
        }

        return events.Count;
    }

    private BatchPlan NewPlan() => new(models.Projections.Count, models.Entries.Count);
}
