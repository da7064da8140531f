namespace Tms.EventStore.Lanes;

/// <summary>Width of a <see cref="Hold"/>.</summary>
internal enum HoldKind
{
    /// <summary>A partition's lock: all appends of its companies.</summary>
    Partition,

    /// <summary>A table: the appends of all streams that write it.</summary>
    Types,

    /// <summary>A row: those appends of one company.</summary>
    Company,
}

/// <summary>Something that another session holds, named by the appends that need it.</summary>
/// <remarks>
/// A server does not say which table or row a lock was about. The types of its streams decide which tables a unit writes.
/// </remarks>
/// <param name="Kind">How wide it is.</param>
/// <param name="Name">Tells it from others, also in the log.</param>
internal sealed record Hold(HoldKind Kind, string Name)
{
    public static Hold OfPartition(int partition) => new(HoldKind.Partition, $"Partition {partition}");

    /// <summary>The tables that units with streams of the same types write.</summary>
    public static Hold OfTypes(AppendUnit unit) => new(HoldKind.Types, TypesOf(unit));

    /// <summary>The rows of a unit's company in those tables.</summary>
    public static Hold OfCompany(AppendUnit unit) => new(HoldKind.Company, $"{TypesOf(unit)} of company {unit.Tenant.Value}");

    /// <summary>All holds that would make a unit wait, narrow ones first.</summary>
    /// <remarks>Units that wait for a narrow hold are not overtaken through a wider one.</remarks>
    public static IEnumerable<Hold> Of(PendingUnit pending) =>
    [
        OfCompany(pending.Unit), OfTypes(pending.Unit),
        .. pending.Unit.Streams.Select(static s => new Hold(HoldKind.Types, TypeName(s.Stream.Type))),
        .. pending.Partitions.Select(OfPartition),
    ];

    private static string TypesOf(AppendUnit unit) =>
        TypeName(string.Join(" + ", unit.Streams.Select(static s => s.Stream.Type).Distinct().Order(StringComparer.Ordinal)));

    private static string TypeName(string types) => $"Stream type {types}";
}
