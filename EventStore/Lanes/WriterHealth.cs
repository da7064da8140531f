namespace Tms.EventStore.Lanes;

/// <summary>Gathers what the parts of the writer say of themselves.</summary>
internal sealed class WriterHealth : IWriterHealth
{
    private readonly Lock _gate = new();
    private readonly List<Func<string?>> _parts = [];

    /// <inheritdoc />
    public string? Trouble
    {
        get
        {
            lock (_gate) return _parts.Select(static part => part()).FirstOrDefault(static said => said is not null);
        }
    }

    /// <summary>Asks a part from now on.</summary>
    /// <param name="part">Says what is wrong; null: nothing.</param>
    public void Watch(Func<string?> part)
    {
        lock (_gate) _parts.Add(part);
    }
}
