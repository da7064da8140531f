using Tms.EventStore.Heads;

namespace Tms.EventStore.Lanes;

/// <summary>The read models that commit with the events.</summary>
internal sealed record InlineModels(
    IReadOnlyList<IInlineProjection> Projections, IReadOnlyList<IInlineEntries> Entries, IReadOnlyList<IInlineParts> Parts,
    IReadOnlyList<IInlineTallies> Tallies)
{
    /// <summary>The tables in alphabetical order; where several fold into one table, with the highest version of them.</summary>
    public IReadOnlyList<ModelName> Tables { get; } = ModelName.ByTable(
    [
        .. Projections.Select(p => new ModelName(p.Table.Name, p.Version)), .. Entries.Select(e => new ModelName(e.Table.Name, e.Version)),
        .. Parts.Select(p => new ModelName(p.Table.Name, p.Version)), .. Tallies.Select(t => new ModelName(t.Table.Name, t.Version)),
    ]);

    /// <summary>The names of all of them, as a tenant's last append leaves them in the store.</summary>
    public string Names => field ??= ModelName.Text(Tables);

    /// <summary>Whether an append to a stream that goes on must know rows that are there.</summary>
    public bool ReadsRows(string streamType)
    {
        foreach (var projection in Projections)
        {
            if (projection.ReadsRow && projection.Follows(streamType))
            {
                return true;
            }
        }

        foreach (var parts in Parts)
        {
            if (parts.ReadsRows && parts.StreamType == streamType)
            {
                return true;
            }
        }

        return false;
    }
}
