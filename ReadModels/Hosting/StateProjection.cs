using System.Data.Common;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Hosting;

/// <summary>
/// A read model whose row is the aggregate's own state, folded by its decider, beside the columns that lists filter and sort by.
/// </summary>
internal sealed class StateProjection<TState>(Aggregate<TState> aggregate, EventCatalog catalog, StateTable<TState> table)
    : StreamProjection<object>(catalog, aggregate.Name, table.Columns)
    where TState : class
{
    private const int Version = 3;
    private const int State = 4;

    protected override object?[] Apply(object?[]? row, object e, RecordedEvent recorded)
    {
        // Rows that somebody deleted or set back would take events that do not follow them, and say a version that they are not.
        var version = row?[Version] as int? ?? 0;
        if (recorded.Version.Value != version + 1)
        {
            throw new InvalidOperationException(
                $"The row of {recorded.Stream} in {table.Name} is at version {version} and cannot take event {recorded.Version.Value}: "
                    + $"fold the table anew.");
        }

        var before = row?[State] is byte[] json ? JsonSerializer.Deserialize(json, aggregate.StateJson)! : aggregate.Initial;
        var state = aggregate.Evolve(before, e, new EventFacts(recorded.Stream.Id, recorded.Version.Value, recorded.Time));
        return
        [
            recorded.Tenant.Value, recorded.Stream.Id, recorded.Sequence.Value, recorded.Version.Value,
            JsonSerializer.SerializeToUtf8Bytes(state, aggregate.StateJson), .. table.Cells(state),
        ];
    }
}

/// <summary>
/// The table of a <see cref="StateProjection{TState}"/>, named after its aggregate: five columns that all have, and some of its own.
/// </summary>
/// <param name="Aggregate">Whose states it holds.</param>
/// <param name="Own">The columns of its own.</param>
/// <param name="Cells">Their cells, from the state.</param>
internal sealed record StateTable<TState>(
    Aggregate<TState> Aggregate, IReadOnlyList<Column> Own, Func<TState, object?[]> Cells) : KeptTable(Aggregate)
    where TState : class
{
    private const string Read = "tenant, created_seq, state";

    public string Name { get; } = Aggregate.Name.Replace('-', '_');

    public ReadModelTable Columns => field ??= new(Name,
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("created_seq", ColumnType.Long, Kept: true),
        new("version", ColumnType.Int),
        new("state", ColumnType.Bytes), .. Own,
    ]);

    public override IInlineProjection Keep(EventCatalog catalog) => new StateProjection<TState>(Aggregate, catalog, this);

    /// <summary>A list of a company's rows, to be narrowed and read by <see cref="Row"/>.</summary>
    public ListQuery Of(TenantId tenant) => new(Name, Read, tenant);

    /// <summary>States of every company after an id, in the order of ids: for platform administrators only.</summary>
    public async Task<IReadOnlyList<TState>> All(IDatabase database, Guid after, int limit, int offset, CancellationToken cancel) =>
        await database.Query(
        $"select {Read} from {Name} where id > @after order by id limit @limit offset @offset", r => Row(r).State, cancel,
        ("after", after), ("limit", limit), ("offset", offset));

    /// <summary>Number of rows of every company: for platform administrators only.</summary>
    public async Task<long> CountAll(IDatabase database, CancellationToken cancel) =>
        (await database.Query($"select count(*) from {Name}", r => r.GetInt64(0), cancel))[0];

    /// <summary>The row that a reader stands on.</summary>
    public StateRow<TState> Row(DbDataReader reader) =>
        new(new(reader.GetGuid(0)), reader.GetInt64(1), JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), Aggregate.StateJson)!);
}

/// <summary>An aggregate in a list.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="CreatedSequence">The company sequence at which it was created.</param>
/// <param name="State">Its state.</param>
public sealed record StateRow<TState>(TenantId Tenant, long CreatedSequence, TState State);
