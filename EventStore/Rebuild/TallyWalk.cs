using Tms.EventStore.Heads;

namespace Tms.EventStore.Rebuild;

/// <summary>
/// Sums a table of tallies anew, in memory, from the streams that add to it, and puts the sums in place of the old ones in a moment.
/// </summary>
internal sealed class TallyWalk(TableModel table, TenantId tenant, IRebuildSession session, WalkParts parts)
{
    public async Task Run(CancellationToken cancel)
    {
        // A partition that cannot be had now is not worth summing a log for; one that could is waited for longer in the end.
        await session.Locked(static _ => Task.FromResult(true), cancel);
        var head = (await parts.Reader.Head(tenant, cancel)).Sequence.Value;
        LogPart log = new(tenant, (await parts.Pieces.Types(tenant, cancel)).FindAll(table.Follows), head);
        var fold = new TableFold(table, tenant, static _ => true, head, parts);
        for (var (after, isLast) = ((Guid?)null, false); !isLast;)
        {
            var piece = await parts.Pieces.Next(log, after, cancel);
            await foreach (var page in parts.Pieces.Events(log, piece, cancel))
            {
                await fold.Add(page, cancel);
            }

            (after, isLast) = (piece.Range!.To, piece.Range.To is null);
        }

        await fold.CatchUp(cancel);
        await session.Locked(async s =>
        {
            await fold.CatchUp(cancel);
            await Replace(s, fold, cancel);
            return true;
        }, cancel);
        parts.Covering.Forget(tenant, table.Name);
    }

    private async Task Replace(ICoverSession held, TableFold fold, CancellationToken cancel)
    {
        await held.Clear(table.Name.Table, tenant, cancel);
        await held.Write(table.Own, fold.Rows, CancellationToken.None, cancel);
        if (await held.Load(tenant, cancel) is { } stored)
        {
            stored.Models.Cover(table.Name, GapKind.Whole);
            await held.Save(tenant, stored.Models, cancel);
        }
    }
}
