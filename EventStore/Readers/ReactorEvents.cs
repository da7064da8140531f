using System.Data.Common;

namespace Tms.EventStore.Readers;

/// <summary>
/// One range of the index (tenant, type, position) per type, merged: no page costs more than types × page, wherever it begins.
/// </summary>
internal sealed class ReactorEvents(IDatabase database) : IReactorEvents
{
    public async Task<IReadOnlyList<RecordedEvent>> Read(
        TenantId tenant, IReadOnlyCollection<TypeFrom> types, int limit, CancellationToken cancel)
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

        var sql = $"select {EventRow.Columns} from events where partition = @partition and position in ({string.Join(" union "
            + "all ", ranges)}) and tenant = @tenant order by position limit @limit";
        return await database.Query(EventRow.PageOf(sql, "position"), EventRow.Read, cancel, [.. parameters]);
    }

    public async Task<PartitionStretch> Find(
        int partition, GlobalPosition after, IReadOnlyCollection<string> types, int limit, CancellationToken cancel)
    {
        List<(string, object?)> parameters = [("partition", partition), ("after", after.Value), ("limit", limit)];
        parameters.AddRange(types.Select((type, i) => ($"type{i}", (object?)type)));
        var found = await database.Query(Stretch(types.Count), ReadPlace, cancel, [.. parameters]);
        return new([.. found.Where(e => types.Contains(e.Type))], found.Count == 0 ? null : found[^1].Position);
    }

    // The last row comes whatever its type is: it says where the stretch ends.
    private static string Stretch(int types) => $"""
        select position, tenant, sequence, type, schema_version from (
          select page.*, lead(position) over (order by position) as next from (
            select position, tenant, sequence, type, schema_version from events
            where partition = @partition and position > @after order by position limit @limit) page) stretch
        where next is null{string.Concat(Enumerable.Range(0, types).Select(i => $" or type = @type{i}"))} order by position
        """;

    private static EventPlace ReadPlace(DbDataReader row) =>
        new(new(row.GetGuid(1)), new(row.GetInt64(2)), new(row.GetInt64(0)), row.GetString(3), row.GetInt16(4));

    // A cursor beyond the log's end finds nothing, as it must: null compares with nothing.
    private static string Range(int i, TypeFrom type)
    {
        var after = type.After == CompanySequence.Start
            ? ""
            : $" and position > (select position from events where tenant = @tenant and sequence = @after{i})";
        return $"select * from (select position from events where tenant = @tenant and type = @type{i} and position > "
            + $"@start{i}{after} order by position limit @limit) r{i}";
    }
}
