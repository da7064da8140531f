using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Hosting;

/// <summary>A read model with one row per aggregate: a fold over its events.</summary>
/// <typeparam name="TEvent">Base of the aggregate's events.</typeparam>
internal abstract class StreamProjection<TEvent>(EventCatalog catalog, string streamType, ReadModelTable table) : IInlineProjection
    where TEvent : class
{
    public ReadModelTable Table => table;

    public virtual bool ReadsRow => true;

    public bool Follows(string type) => type == streamType;

    public object?[]? Apply(object?[]? row, RecordedEvent recorded) => Apply(row, catalog.EventOf<TEvent>(recorded), recorded);

    /// <summary>The row after an event. Pure; a new array each time.</summary>
    protected abstract object?[]? Apply(object?[]? row, TEvent e, RecordedEvent recorded);
}

/// <summary>Reading events for projections.</summary>
internal static class RecordedEvents
{
    /// <summary>The event itself: as this process made it, else parsed.</summary>
    public static TEvent EventOf<TEvent>(this EventCatalog catalog, RecordedEvent recorded)
        where TEvent : class =>
        (TEvent)(recorded.Value ?? catalog.Decode(recorded.Type, recorded.SchemaVersion, recorded.Data.Span));

    /// <summary>A row with some cells changed.</summary>
    public static object?[]? With(this object?[]? row, params ReadOnlySpan<(int Column, object? Value)> cells)
    {
        if (row is null)
        {
            return null;
        }

        var changed = (object?[])row.Clone();
        foreach (var (column, value) in cells)
        {
            changed[column] = value;
        }

        return changed;
    }
}
