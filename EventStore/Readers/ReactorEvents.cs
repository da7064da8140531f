namespace Tms.EventStore.Readers;

/// <summary>One range of the index (tenant, type, position) per type, merged: no page costs more than types × page, wherever it begins.</summary>
internal sealed class ReactorEvents(IDatabase database) : IReactorEvents
{
    public async Task<IReadOnlyList<RecordedEvent>> Read(TenantId tenant, IReadOnlyCollection<TypeFrom> types, int limit, CancellationToken cancel)
    {
        if (types.Count == 0) return [];
        List<(string, object?)> parameters = [("tenant", tenant.Value), ("partition", tenant.Partition), ("limit", limit)];
        var ranges = new List<string>(types.Count);
        foreach (var type in types)
        {
            var i = ranges.Count;
            ranges.Add(Range(i, type));
            parameters.AddRange([($"type{i}", type.Type), ($"start{i}", type.Start.Value)]);
            if (type.After != CompanySequence.Start) parameters.Add(($"after{i}", type.After.Value));
        }

        var sql = $"select {EventRow.Columns} from events where partition = @partition and position in ({string.Join(" union all ", ranges)}) and tenant = @tenant order by position limit @limit";
        return await database.Query(EventRow.PageOf(sql, "position"), EventRow.Read, cancel, [.. parameters]);
    }

    // A cursor beyond the log's end finds nothing, as it must: null compares with nothing.
    private static string Range(int i, TypeFrom type)
    {
        var after = type.After == CompanySequence.Start ? "" : $" and position > (select position from events where tenant = @tenant and sequence = @after{i})";
        return $"select * from (select position from events where tenant = @tenant and type = @type{i} and position > @start{i}{after} order by position limit @limit) r{i}";
    }
}
