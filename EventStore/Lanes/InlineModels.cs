using Tms.EventStore.Heads;

namespace Tms.EventStore.Lanes;

/// <summary>The read models that commit with the events.</summary>
internal sealed record InlineModels(
    IReadOnlyList<IInlineProjection> Projections, IReadOnlyList<IInlineEntries> Entries, IReadOnlyList<IInlineTallies> Tallies)
{
    /// <summary>The names of all of them, as a tenant's last append leaves them in the store.</summary>
    public string Names { get; } = ModelName.Text(TableModel.Names(Projections, Entries, Tallies));
}
