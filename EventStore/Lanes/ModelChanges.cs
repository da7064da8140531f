namespace Tms.EventStore.Lanes;

/// <summary>What events change in the read models, made aside and merged only when all of them are known.</summary>
internal sealed class ModelChanges(InlineModels models, BatchFacts facts)
{
    private readonly List<(int Projection, TenantId Tenant, Guid Id, object?[]? Row)> _rows = [];
    private readonly List<(int Table, object?[] Row)> _entries = [];
    private readonly List<(int Table, TenantId Tenant, Guid Id, PartChange Change)> _parts = [];
    private readonly PartRows?[] _partsNow = new PartRows?[models.Parts.Count];
    private readonly List<(int Table, object?[] Row)> _tallies = [];

    /// <summary>Applies every read model that follows the event's stream.</summary>
    public void Add(RecordedEvent recorded)
    {
        for (var i = 0; i < models.Projections.Count; i++)
        {
            if (models.Projections[i].Follows(recorded.Stream.Type) && !facts.Skips(models.Projections[i].Table, recorded.Tenant))
            {
                var (tenant, id) = (recorded.Tenant, recorded.Stream.Id);
                _rows.Add((i, tenant, id, models.Projections[i].RowAfter(RowBefore(i, tenant, id), recorded)));
            }
        }

        for (var i = 0; i < models.Entries.Count; i++)
        {
            if (models.Entries[i].Follows(recorded.Stream.Type) && !facts.Skips(models.Entries[i].Table, recorded.Tenant))
            {
                AddEntries(i, recorded);
            }
        }

        for (var i = 0; i < models.Parts.Count; i++)
        {
            if (models.Parts[i].StreamType == recorded.Stream.Type && !facts.Skips(models.Parts[i].Table, recorded.Tenant))
            {
                AddParts(i, recorded);
            }
        }

        for (var i = 0; i < models.Tallies.Count; i++)
        {
            if (models.Tallies[i].Follows(recorded.Stream.Type) && !facts.Skips(models.Tallies[i].Table, recorded.Tenant))
            {
                AddTallies(i, recorded);
            }
        }
    }

    private void AddTallies(int table, RecordedEvent recorded)
    {
        var rows = models.Tallies[table].Of(recorded);
        for (var i = 0; i < rows.Count; i++)
        {
            _tallies.Add((table, rows[i]));
        }
    }

    private void AddEntries(int table, RecordedEvent recorded)
    {
        var rows = models.Entries[table].Of(recorded);
        if (models.Entries[table].Fault(recorded, rows) is { } fault)
        {
            throw new InvalidOperationException($"{models.Entries[table].Table.Name}: {fault}");
        }

        for (var i = 0; i < rows.Count; i++)
        {
            _entries.Add((table, rows[i]));
        }
    }

    private void AddParts(int table, RecordedEvent recorded)
    {
        var (parts, tenant, id) = (models.Parts[table], recorded.Tenant, recorded.Stream.Id);
        var now = parts.ReadsRows ? PartsNow(table, tenant, id) : null;
        foreach (var change in parts.Of(recorded, now?.Of(tenant, id) ?? []))
        {
            if (change != PartChange.RemoveAll
                && parts.Table.Fault(
                    change.Cells, change.Stays ? parts.Table.Columns.Count : parts.Table.KeyColumns, tenant, id) is { } fault)
            {
                throw new InvalidOperationException($"{parts.Table.Name}: {fault}");
            }

            now?.Apply(tenant, id, change);
            _parts.Add((table, tenant, id, change));
        }
    }

    /// <summary>The rows of a stream with what the events so far have done to them, in a copy that may change.</summary>
    private PartRows PartsNow(int table, TenantId tenant, Guid id)
    {
        var now = _partsNow[table] ??= new(models.Parts[table].Table);
        if (!now.Has(tenant, id)) now.Put(tenant, id, facts.Parts[table].Of(tenant, id));
        return now;
    }

    /// <summary>Moves the changes into a plan, and the facts on with them.</summary>
    /// <exception cref="OverflowException">A sum is too large; neither plan nor facts have changed.</exception>
    public void MergeInto(BatchPlan plan)
    {
        MergeTallies(plan);
        foreach (var (projection, tenant, id, row) in _rows)
        {
            if (row is null) plan.Removed[projection].Add((tenant, id));
            plan.Rows[projection][(tenant, id)] = row;
            facts.Rows[projection][(tenant, id)] = row;
        }

        foreach (var (table, row) in _entries)
        {
            plan.Entries[table].Add(row);
        }

        foreach (var (table, tenant, id, change) in _parts)
        {
            plan.Parts[table].Apply(tenant, id, change);
            if (models.Parts[table].ReadsRows) facts.Parts[table].Apply(tenant, id, change);
        }
    }

    // All sums are known before the first of them is set, for any may be too large.
    private void MergeTallies(BatchPlan plan)
    {
        if (_tallies.Count == 0)
        {
            return;
        }

        var sums = new TallyRows?[plan.Tallies.Length];
        foreach (var (table, row) in _tallies)
        {
            (sums[table] ??= new(models.Tallies[table].Table)).Add(row, plan.Tallies[table]);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            plan.Tallies[i].Set(sums[i]?.All ?? []);
        }
    }

    private object?[]? RowBefore(int projection, TenantId tenant, Guid id)
    {
        var pending = _rows.FindLastIndex(r => r.Projection == projection && r.Id == id && r.Tenant == tenant);
        return pending >= 0 ? _rows[pending].Row : facts.Rows[projection].GetValueOrDefault((tenant, id));
    }
}
