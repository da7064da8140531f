namespace Tms.EventStore.Rebuild;

/// <summary>Streams of a tenant that are folded and replaced together.</summary>
/// <param name="Ids">Their ids.</param>
/// <param name="Range">All ids among which they lie; null: they were picked one by one.</param>
/// <param name="IsLong">Whether this is one stream that is too large to be read at once.</param>
internal sealed record StreamPiece(IReadOnlyList<Guid> Ids, IdRange? Range, bool IsLong)
{
    private readonly HashSet<Guid> _picked = Range is null ? [.. Ids] : [];

    /// <summary>Whether events of a stream belong to the piece.</summary>
    public bool Has(Guid id) => Range?.Has(id) ?? _picked.Contains(id);
}

/// <summary>Ids in the order that .NET and both databases give them.</summary>
/// <param name="After">Exclusive; null: from the first.</param>
/// <param name="To">Inclusive; null: to the last.</param>
internal sealed record IdRange(Guid? After, Guid? To)
{
    public bool Has(Guid id) => (After is not { } after || id.CompareTo(after) > 0) && (To is not { } to || id.CompareTo(to) <= 0);
}

/// <summary>How much there is to read of the streams with an id.</summary>
/// <param name="Id">Id of the streams.</param>
/// <param name="Events">Number of their events.</param>
/// <param name="Bytes">Data and metadata of the events.</param>
internal readonly record struct StreamSize(Guid Id, long Events, long Bytes);
