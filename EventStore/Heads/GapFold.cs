using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Heads;

/// <summary>The rows of a table that follow from events of one tenant, by the same rules as in an append.</summary>
internal sealed class GapFold(TableModel table, TenantId tenant, IReadOnlyList<RecordedEvent> events)
{
    private const int IdsPerQuestion = 500;

    private readonly BatchPlan _changes = new(table.Own);

    /// <summary>Rows of the streams that went on, as they are after the events.</summary>
    public BatchFacts Facts { get; } = BatchFacts.For(table.Own);

    /// <summary>Starts from the rows that are there.</summary>
    /// <exception cref="OperationCanceledException">The time that people can be asked to wait is over.</exception>
    public async Task GoOn(ICoverSession session, CancellationToken limit, CancellationToken cancel)
    {
        for (var i = 0; i < table.Own.Projections.Count; i++)
        {
            foreach (var ids in Ids(table.Own.Projections[i].Follows))
            {
                limit.ThrowIfCancellationRequested();
                foreach (var row in await session.Rows(table.Own.Projections[i].Table, tenant, ids, cancel))
                {
                    Facts.Rows[i][(tenant, (Guid)row[1]!)] = row;
                }
            }
        }

        for (var i = 0; i < table.Own.Parts.Count; i++)
        {
            foreach (var ids in table.Own.Parts[i].ReadsRows ? Ids(type => type == table.Own.Parts[i].StreamType) : [])
            {
                limit.ThrowIfCancellationRequested();
                Facts.Parts[i].Put(await session.Rows(table.Own.Parts[i].Table, tenant, ids, cancel));
            }
        }
    }

    /// <summary>Folds. Whatever the projections throw goes through, and nothing has been written.</summary>
    /// <exception cref="OperationCanceledException">The time that people can be asked to wait is over.</exception>
    public void Run(CancellationToken limit)
    {
        foreach (var e in events)
        {
            limit.ThrowIfCancellationRequested();
            var changes = new ModelChanges(table.Own, Facts);
            changes.Add(e);
            changes.MergeInto(_changes);
        }
    }

    /// <exception cref="OperationCanceledException">The time that people can be asked to wait is over.</exception>
    public async Task Write(GapKind kind, ICoverSession session, CancellationToken limit, CancellationToken cancel)
    {
        limit.ThrowIfCancellationRequested();
        if (kind == GapKind.Streams)
        {
            // Rows that an older fold began keep nothing of it.
            Guid[] ids = [.. events.Select(e => e.Stream.Id).Distinct()];
            await Replacement.Of(table, await session.Rows(table.Rows, tenant, ids, cancel), _changes).Write(table, session, limit, cancel);
            return;
        }

        if (kind == GapKind.Whole)
        {
            await session.Clear(table.Name.Table, tenant, cancel);
        }

        await session.Write(table.Own, _changes, limit, cancel);
    }

    private IEnumerable<Guid[]> Ids(Func<string, bool> follows) =>
        events.Where(e => follows(e.Stream.Type)).Select(e => e.Stream.Id).Distinct().Chunk(IdsPerQuestion);
}
