namespace Tms.EventStore.Lanes;

/// <summary>Tells rows apart by the cells of their key.</summary>
internal sealed class RowKey(int columns) : IEqualityComparer<object?[]>
{
    public bool Equals(object?[]? x, object?[]? y)
    {
        for (var i = 0; i < columns; i++)
        {
            if (!object.Equals(x?[i], y?[i]))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(object?[] row)
    {
        var hash = default(HashCode);
        for (var i = 0; i < columns; i++)
        {
            hash.Add(row[i]);
        }

        return hash.ToHashCode();
    }
}
