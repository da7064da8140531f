using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>What makes the stored rows of some streams those that their fold has; rows that are right are not written.</summary>
/// <param name="Gone">Rows to remove: those that the fold lacks or has otherwise.</param>
/// <param name="New">Rows to write after that.</param>
internal sealed record Replacement(IReadOnlyList<object?[]> Gone, BatchPlan New)
{
    /// <summary>Compares rows by their keys and cells. Pure.</summary>
    public static Replacement Of(TableModel table, IEnumerable<object?[]> stored, BatchPlan fold)
    {
        var key = new RowKey(table.Rows.KeyColumns);
        var gone = new Dictionary<object?[], object?[]>(key);
        foreach (var row in stored)
        {
            gone[row] = row;
        }

        var seen = new HashSet<object?[]>(key);
        bool Differs(object?[] row) => !gone.TryGetValue(row, out var old) || !Same(old, row) || !gone.Remove(row);
        var plan = new BatchPlan(table.Own);
        for (var i = 0; i < fold.Rows.Length; i++)
        {
            foreach (var (at, row) in fold.Rows[i])
            {
                if (row is not null && (!seen.Add(row) || Differs(row))) plan.Rows[i][at] = row;
            }
        }

        for (var i = 0; i < fold.Entries.Length; i++)
        {
            // A repetition that is an error is the database's to refuse.
            var again = table.Own.Entries[i].Repetition == Repetition.Error;
            plan.Entries[i].AddRange(fold.Entries[i].Where(row => seen.Add(row) ? Differs(row) : again));
        }

        for (var i = 0; i < fold.Parts.Length; i++)
        {
            plan.Parts[i].Put(fold.Parts[i].There.Where(row => seen.Add(row) && Differs(row)));
        }

        return new([.. gone.Values], plan);
    }

    /// <summary>Writes it in the transaction that holds the partition.</summary>
    public async Task Write(TableModel table, ICoverSession session, CancellationToken limit, CancellationToken cancel)
    {
        await session.Remove(table.Rows, Gone, cancel);
        await session.Write(table.Own, New, limit, cancel);
    }

    private static bool Same(object?[] one, object?[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] is byte[] bytes ? !(other[i] is byte[] others && bytes.AsSpan().SequenceEqual(others)) : !Equals(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }
}
