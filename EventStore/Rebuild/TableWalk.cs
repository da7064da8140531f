using System.Data.Common;
using Tms.EventStore.Heads;

namespace Tms.EventStore.Rebuild;

/// <summary>Folds a table whose rows belong to streams anew, some streams at a time.</summary>
/// <remarks>
/// A piece is folded while nobody waits. Then, in a moment under the partition's lock, what came meanwhile is folded too,
/// and the rows that differ are replaced.
/// Each stream's rows are the old or the new ones at any time, however often the walk is broken off.
/// </remarks>
internal sealed class TableWalk(TableModel table, TenantId tenant, IRebuildSession session, WalkParts parts)
{
    private const int EventsPerPage = 1000;

    private readonly WalkPlace _place = new(tenant, table.Name);

    public async Task Run(CancellationToken cancel)
    {
        if (!await session.Locked(s => _place.Begin(s, cancel), cancel))
        {
            return;
        }

        try
        {
            await WalkAll(Write, cancel);
        }
        catch (DbException e) when (e.IsTaken())
        {
            // A wrong row of a later piece has a value that a right one must have: wrong rows go first. Nobody may go on from rows that are
            // missing.
            await session.Locked(s => _place.Uncover(s, cancel), cancel);
            await WalkAll((held, replacement) => held.Remove(table.Rows, replacement.Gone, cancel), cancel);
            await WalkAll(Write, cancel);
        }

        for (var round = 1; _place.Since is { } since && !await MakeUpFor(since, cancel); round++)
        {
            if (round == parts.MostRounds)
                throw new StoreUnavailableException($"The table {table.Name.Table} of {tenant.Value} is written faster than it is folded.");
        }
    }

    private async Task WalkAll(Func<ICoverSession, Replacement, Task> change, CancellationToken cancel)
    {
        for (var range = await Walk(null, change, cancel); range.To is { } last;)
        {
            range = await Walk(last, change, cancel);
        }
    }

    /// <summary>Changes the next piece of the table; answers which ids it was.</summary>
    private async Task<IdRange> Walk(Guid? after, Func<ICoverSession, Replacement, Task> change, CancellationToken cancel)
    {
        while (true)
        {
            var log = await Log(cancel);
            var piece = await parts.Pieces.Next(log, after, cancel);
            var fold = await Fold(log, piece, cancel);
            await fold.CatchUp(cancel);
            if (await session.Locked(s => Replace(s, piece, fold, change, cancel), cancel)) return piece.Range!;
        }
    }

    /// <summary>Folds the streams anew that went on while appends left the table out; true once the table lacks nothing.</summary>
    private async Task<bool> MakeUpFor(long since, CancellationToken cancel)
    {
        var log = await Log(cancel);
        var gap = await parts.Reader.ReadCompany(tenant, new(since), EventsPerPage, cancel);
        var ids = gap.Where(e => table.Follows(e.Stream.Type)).Select(e => e.Stream.Id).Distinct().ToList();
        IReadOnlyList<StreamPiece> pieces = await parts.Pieces.Of(log, ids, cancel) is { Count: > 0 } some ? some : [new([], null, false)];
        var (replaced, ended) = (true, false);
        for (var i = 0; replaced && i < pieces.Count; i++)
        {
            var (piece, fold) = (pieces[i], await Fold(log, pieces[i], cancel));
            await fold.CatchUp(cancel);
            var isLast = i == pieces.Count - 1 && !gap.GoesOn(EventsPerPage);
            replaced = await session.Locked(async s =>
            {
                if (!await Replace(s, piece, fold, Write, cancel)) return false;
                ended = isLast && await End(s, fold, cancel);
                return true;
            }, cancel);
        }

        if (replaced && gap.Count > 0) _place.MoveTo(gap[^1].Sequence.Value);
        return ended;
    }

    /// <summary>Puts the fold's rows in place of the stored ones.</summary>
    /// <returns>False: they tell of a person who was erased meanwhile, and nothing has changed.</returns>
    private async Task<bool> Replace(
        ICoverSession held, StreamPiece piece, TableFold fold, Func<ICoverSession, Replacement, Task> change, CancellationToken cancel)
    {
        await _place.GoOn(held, cancel);
        await fold.CatchUp(cancel);
        if (!await fold.MayBeWritten(cancel)) return false;
        var stored = piece.Range is { } range
            ? await held.Rows(table.Rows, tenant, range, cancel)
            : await held.Rows(table.Rows, tenant, [.. piece.Ids], cancel);
        await change(held, Replacement.Of(table, stored, fold.Rows));
        return true;
    }

    /// <summary>Ends the walk, if what is left can be folded in a moment.</summary>
    private async Task<bool> End(ICoverSession held, TableFold last, CancellationToken cancel)
    {
        var log = (await Log(cancel)) with { To = last.Head };
        var rest = await parts.Pieces.Of(log, last.Others, cancel);
        if (rest.Count > 1 || rest.Any(p => p.IsLong))
        {
            return false;
        }

        foreach (var piece in rest)
        {
            if (!await Replace(held, piece, await Fold(log, piece, cancel), Write, cancel)) return false;
        }

        await _place.End(held, cancel);
        parts.Covering.Forget(tenant, table.Name);
        return true;
    }

    private Task Write(ICoverSession held, Replacement replacement) =>
        replacement.Write(table, held, CancellationToken.None, CancellationToken.None);

    private async Task<TableFold> Fold(LogPart log, StreamPiece piece, CancellationToken cancel)
    {
        var fold = new TableFold(table, tenant, piece.Has, log.To, parts);
        await foreach (var page in parts.Pieces.Events(log, piece, cancel))
        {
            await fold.Add(page, cancel);
        }

        return fold;
    }

    // Where the log ends is noted before streams are looked for, by id or in a gap: those that are not found went on later.
    private async Task<LogPart> Log(CancellationToken cancel)
    {
        var head = (await parts.Reader.Head(tenant, cancel)).Sequence.Value;
        return new(tenant, (await parts.Pieces.Types(tenant, cancel)).FindAll(table.Follows), head);
    }
}
