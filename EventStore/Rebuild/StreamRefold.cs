using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>Folds the rows of a stream anew, in a transaction that holds its tenant's partition.</summary>
/// <remarks>Streams of other types with the same id may have a part in the rows: they are folded together.</remarks>
internal sealed class StreamRefold(InlineModels models, WalkParts parts)
{
    // What a stream added to a sum cannot be taken back.
    private readonly IReadOnlyList<TableModel> _tables = [.. TableModel.Of(models).Where(t => !t.IsTally)];

    /// <summary>The rows in each table that follows the stream, as they are now, while nobody waits.</summary>
    public async Task<IReadOnlyList<StreamFold>> Read(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var folds = new List<StreamFold>();
        foreach (var table in _tables.Where(t => t.Follows(stream.Type)))
        {
            folds.Add(new(table, await Fold(table, tenant, stream.Id, cancel)));
        }

        return folds;
    }

    /// <summary>Replaces the rows by those of the folds, and of what came since. Whether there was anything to fold.</summary>
    public async Task<bool> Run(
        TenantId tenant, StreamName stream, IReadOnlyList<StreamFold> folds, ICoverSession session, CancellationToken cancel)
    {
        if (folds.Count == 0 || await session.Load(tenant, cancel) is not { } stored) return false;
        foreach (var (table, fold) in folds)
        {
            if (stored.Models.Covers(table.Name))
            {
                var current = await Current(table, tenant, stream.Id, fold, cancel);
                var rows = await session.Rows(table.Rows, tenant, [stream.Id], cancel);
                await Replacement.Of(table, rows, current.Rows).Write(table, session, cancel, cancel);
                // Another version of the table finds rows that are not its own, and folds the table anew.
                if (stored.Models.Renew(table.Name)) await session.Save(tenant, stored.Models, cancel);
            }
            else if (stored.Models.Behead(table.Name) is not null)
            {
                // Rows of part of the log: with the whole stream in them nobody could go on. They are folded anew as a whole instead.
                await session.Save(tenant, stored.Models, cancel);
            }
        }

        return true;
    }

    /// <summary>The fold with what came since; another one if a person of whom it tells was erased meanwhile.</summary>
    private async Task<TableFold> Current(TableModel table, TenantId tenant, Guid id, TableFold fold, CancellationToken cancel)
    {
        await fold.CatchUp(cancel);
        return await fold.MayBeWritten(cancel) ? fold : await Fold(table, tenant, id, cancel);
    }

    private async Task<TableFold> Fold(TableModel table, TenantId tenant, Guid id, CancellationToken cancel)
    {
        // Where the log ends is noted before the streams are looked for: one that is not found began later.
        var head = (await parts.Reader.Head(tenant, cancel)).Sequence.Value;
        LogPart log = new(tenant, (await parts.Pieces.Types(tenant, cancel)).FindAll(table.Follows), head);
        var fold = new TableFold(table, tenant, other => other == id, head, parts);
        foreach (var piece in await parts.Pieces.Of(log, [id], cancel))
        {
            await foreach (var page in parts.Pieces.Events(log, piece, cancel)) await fold.Add(page, cancel);
        }

        return fold;
    }
}

/// <summary>The rows of a stream in one table.</summary>
internal sealed record StreamFold(TableModel Table, TableFold Fold);
