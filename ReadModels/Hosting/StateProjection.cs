using System.Data.Common;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Hosting;

/// <summary>A read model whose row is the aggregate's own state, folded by its decider, beside the columns that lists filter and sort by.</summary>
internal sealed class StateProjection<TState, TCommand, TEvent>(
    IDecider<TState, TCommand, TEvent> decider, EventCatalog catalog, StateTable<TState> table)
    : StreamProjection<TEvent>(catalog, decider.StreamType, table.Columns)
    where TState : class
    where TEvent : class
{
    private const int State = 4;

    protected override object?[] Apply(object?[]? row, TEvent e, RecordedEvent recorded)
    {
        var before = row?[State] is byte[] json ? JsonSerializer.Deserialize(json, decider.SnapshotJson)! : decider.Initial;
        var state = decider.Evolve(before, e, new EventFacts(recorded.Stream.Id, recorded.Version.Value, recorded.Time));
        return
        [
            recorded.Tenant.Value, recorded.Stream.Id, recorded.Sequence.Value, recorded.Version.Value,
            JsonSerializer.SerializeToUtf8Bytes(state, decider.SnapshotJson), .. table.Cells(state),
        ];
    }
}

/// <summary>The table of a <see cref="StateProjection{TState, TCommand, TEvent}"/>: five columns that all have, and some of its own.</summary>
/// <param name="Name">SQL name.</param>
/// <param name="Own">The columns of its own.</param>
/// <param name="Cells">Their cells, from the state.</param>
internal sealed record StateTable<TState>(string Name, IReadOnlyList<Column> Own, Func<TState, object?[]> Cells)
{
    public ReadModelTable Columns { get; } = new(Name,
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("created_seq", ColumnType.Long, Kept: true), new("version", ColumnType.Int),
        new("state", ColumnType.Bytes), .. Own,
    ]);
}

/// <summary>An aggregate in a list.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="CreatedSequence">The company sequence at which it was created.</param>
/// <param name="State">Its state.</param>
public sealed record StateRow<TState>(TenantId Tenant, long CreatedSequence, TState State);

/// <summary>Reading rows of a <see cref="StateProjection{TState, TCommand, TEvent}"/>.</summary>
internal static class StateRows
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns = "tenant, created_seq, state";

    public static StateRow<TState> Read<TState, TCommand, TEvent>(DbDataReader reader, IDecider<TState, TCommand, TEvent> decider)
        where TState : class
        where TEvent : class =>
        new(new(reader.GetGuid(0)), reader.GetInt64(1), JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), decider.SnapshotJson)!);
}
