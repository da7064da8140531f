namespace Tms.EventStore.Lanes;

/// <summary>Rows of streams in a table of parts: those that are known, and what becomes of those that are not.</summary>
internal sealed class PartRows(ReadModelTable table)
{
    private readonly Dictionary<(TenantId Tenant, Guid Id), StreamRows> _streams = [];
    private bool _isFresh;

    /// <summary>Streams of which no row stays but those of <see cref="There"/>.</summary>
    public IEnumerable<(TenantId Tenant, Guid Id)> Emptied => _streams.Where(s => s.Value.IsEmptied).Select(s => s.Key);

    /// <summary>
    /// Keys of rows that go one by one; those that are put go first as well, for a row may take a value that another one had to itself.
    /// </summary>
    public IEnumerable<object?[]> Gone => _isFresh ? [] : _streams.Values.Where(s => !s.IsEmptied).SelectMany(s => s.Rows.Keys);

    /// <summary>Rows that are there.</summary>
    public IEnumerable<object?[]> There => _streams.Values.SelectMany(s => s.There);

    /// <summary>The rows of a stream, as far as they are known.</summary>
    public IReadOnlyCollection<object?[]> Of(TenantId tenant, Guid id) =>
        _streams.TryGetValue((tenant, id), out var rows) ? [.. rows.There] : [];

    /// <summary>Whether anything is known of a stream.</summary>
    public bool Has(TenantId tenant, Guid id) => _streams.ContainsKey((tenant, id));

    /// <summary>Does what one event asks for.</summary>
    public void Apply(TenantId tenant, Guid id, PartChange change)
    {
        var rows = On(tenant, id);
        if (change == PartChange.RemoveAll)
        {
            rows.Empty();
        }
        else
        {
            rows.Set(change.Cells, change.Stays ? change.Cells : null);
        }
    }

    /// <summary>Takes rows that are there.</summary>
    public void Put(IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            On(row).Set(row, row);
        }
    }

    /// <summary>Takes the rows of a stream, also if it has none.</summary>
    public void Put(TenantId tenant, Guid id, IEnumerable<object?[]> rows)
    {
        On(tenant, id);
        Put(rows);
    }

    /// <summary>Has every row of streams gone.</summary>
    public void Empty(IEnumerable<(TenantId Tenant, Guid Id)> streams)
    {
        foreach (var (tenant, id) in streams)
        {
            On(tenant, id).Empty();
        }
    }

    /// <summary>Takes over what another says of its streams.</summary>
    public void Take(PartRows others)
    {
        foreach (var (stream, rows) in others._streams)
        {
            _streams[stream] = rows;
        }
    }

    /// <summary>Forgets the streams of a tenant.</summary>
    public void Forget(TenantId tenant)
    {
        foreach (var stream in _streams.Keys.Where(s => s.Tenant == tenant).ToList())
        {
            _streams.Remove(stream);
        }
    }

    /// <summary>
    /// The same in steps of at most so many rows each: streams that are emptied, then keys that go, then rows that are put where no row is.
    /// </summary>
    public IEnumerable<PartRows> Slices(int size)
    {
        foreach (var streams in Emptied.Chunk(size))
        {
            PartRows slice = new(table);
            slice.Empty(streams);
            yield return slice;
        }

        foreach (var keys in Gone.Chunk(size))
        {
            PartRows slice = new(table);
            System.Array.ForEach(keys, key => slice.On(key).Set(key, null));
            yield return slice;
        }

        foreach (var rows in There.Chunk(size))
        {
            PartRows slice = new(table) { _isFresh = true };
            slice.Put(rows);
            yield return slice;
        }
    }

    private StreamRows On(object?[] row) => On(new TenantId((Guid)row[0]!), (Guid)row[1]!);

    private StreamRows On(TenantId tenant, Guid id) =>
        _streams.TryGetValue((tenant, id), out var rows) ? rows : _streams[(tenant, id)] = new(table.KeyColumns);

    private sealed class StreamRows(int keyColumns)
    {
        public bool IsEmptied { get; private set; }

        /// <summary>By key; null: the row goes.</summary>
        public Dictionary<object?[], object?[]?> Rows { get; } = new(new RowKey(keyColumns));

        public IEnumerable<object?[]> There => Rows.Values.OfType<object?[]>();

        public void Empty()
        {
            Rows.Clear();
            IsEmptied = true;
        }

        public void Set(object?[] key, object?[]? row)
        {
            // A stream that is emptied keeps nothing that could go.
            if (row is null && IsEmptied) Rows.Remove(key);
            else Rows[key] = row;
        }
    }
}
