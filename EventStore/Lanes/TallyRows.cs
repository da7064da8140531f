namespace Tms.EventStore.Lanes;

/// <summary>Amounts to add to a table's rows, each key once: a statement cannot add to one row twice.</summary>
internal sealed class TallyRows(ReadModelTable table)
{
    private readonly Dictionary<object?[], object?[]> _rows = new(new RowKey(table.KeyColumns));

    /// <summary>Rows in the order of the table's columns.</summary>
    public IReadOnlyCollection<object?[]> All => _rows.Values;

    /// <summary>Adds to what is here; if the key is new here, to what is known of it.</summary>
    /// <exception cref="OverflowException">A sum is too large; nothing has changed.</exception>
    public void Add(object?[] row, TallyRows known) => _rows[row] = (Find(row) ?? known.Find(row)) is { } before ? Sum(before, row) : row;

    /// <summary>Puts sums in the place of those that are here.</summary>
    public void Set(IReadOnlyCollection<object?[]> rows)
    {
        foreach (var row in rows)
        {
            _rows[row] = row;
        }
    }

    private object?[]? Find(object?[] key) => _rows.GetValueOrDefault(key);

    private object?[] Sum(object?[] one, object?[] other)
    {
        object?[] sum = [.. one];
        for (var i = table.KeyColumns; i < sum.Length; i++)
        {
            sum[i] = checked((long)one[i]! + (long)other[i]!);
        }

        return sum;
    }
}
