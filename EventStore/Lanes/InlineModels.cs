namespace Tms.EventStore.Lanes;

/// <summary>The read models that commit with the events.</summary>
internal sealed record InlineModels(IReadOnlyList<IInlineProjection> Projections, IReadOnlyList<IInlineEntries> Entries);
