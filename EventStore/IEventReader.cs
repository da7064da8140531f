namespace Tms.EventStore;

/// <summary>Reads the log. Every method sees all that was acknowledged before the call, on every node.</summary>
public interface IEventReader
{
    /// <summary>A stream's events after a version, oldest first.</summary>
    /// <param name="tenant">Whose stream.</param>
    /// <param name="stream">Which stream.</param>
    /// <param name="after">Exclusive; <see cref="StreamVersion.Empty"/> reads from the start.</param>
    /// <param name="limit">At most this many, and about 4 MiB of data; at least one if there is one.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <returns>A page. Fewer events than <paramref name="limit"/> are not always the last: <see cref="EventPages.GoesOn"/>.</returns>
    Task<IReadOnlyList<RecordedEvent>> ReadStream(
        TenantId tenant, StreamName stream, StreamVersion after, int limit, CancellationToken cancel = default);

    /// <summary>
    /// How many events a stream has; <see cref="StreamVersion.Empty"/> for one that has none. The last entry of an index, however long the
    /// stream is.
    /// </summary>
    Task<StreamVersion> Version(TenantId tenant, StreamName stream, CancellationToken cancel = default);

    /// <summary>A stream's latest snapshot of the given shape (if any) and every event after it.</summary>
    /// <remarks>Null state and no events: the stream is empty.</remarks>
    Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel = default);

    /// <summary>A stream's newest snapshot of the given shape up to a version; null when there is none.</summary>
    Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel = default);

    /// <summary>A tenant's events after a sequence, in order, without gaps.</summary>
    /// <remarks>
    /// At most <paramref name="limit"/>, and about 4 MiB of data; at least one if there is one.
    /// Fewer than <paramref name="limit"/> are not always the last: <see cref="EventPages.GoesOn"/>.
    /// </remarks>
    Task<IReadOnlyList<RecordedEvent>> ReadCompany(TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default);

    /// <summary>A partition's events after a position, in commit order; never skips one that commits late.</summary>
    /// <remarks>
    /// At most <paramref name="limit"/>, and about 4 MiB of data; at least one if there is one.
    /// A page that ends before the partition's head is not the last.
    /// </remarks>
    Task<IReadOnlyList<RecordedEvent>> ReadPartition(int partition, GlobalPosition after, int limit, CancellationToken cancel = default);

    /// <summary>The last position of every partition that has events.</summary>
    Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel = default);

    /// <summary>Where the tenant's log ends; sequence 0 for a tenant that has no events.</summary>
    Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Where the logs of several tenants end, in one query: a head for each.</summary>
    Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(IReadOnlyCollection<TenantId> tenants, CancellationToken cancel = default);

    /// <summary>What a command did under its key; null when it did not happen.</summary>
    Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel = default);

    /// <summary>
    /// The version of the event with an id; null when it is not in the stream. For doubtful outcomes of commands without a key.
    /// </summary>
    /// <remarks>
    /// Looks from the stream's end backwards, and where the id has a time (UUID v7) no further than a day before it: no event is older than
    /// its id.
    /// </remarks>
    Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid eventId, CancellationToken cancel = default);

    /// <summary>Who holds a value; null when nobody does.</summary>
    Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel = default);

    /// <summary>A private value; null when there is none.</summary>
    Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel = default);

    /// <summary>The id of this history: made with the store, new after a restore. Positions of another epoch mean nothing.</summary>
    Task<Guid> Epoch(CancellationToken cancel = default);
}

/// <summary>A stream as a grain loads it.</summary>
/// <param name="Snapshot">The latest usable snapshot, or null.</param>
/// <param name="Events">Every event after the snapshot, oldest first.</param>
public sealed record LoadedStream(Snapshot? Snapshot, IReadOnlyList<RecordedEvent> Events);

/// <summary>Where a tenant's log ends.</summary>
/// <param name="Tenant">Whose log.</param>
/// <param name="Sequence">Number of its events.</param>
/// <param name="Hash">The chain's hash after the last one; the tenant's genesis hash when there is none.</param>
/// <param name="TimeMicros">Time of the last event, µs since 1970; 0 when there is none.</param>
public sealed record TenantHead(TenantId Tenant, CompanySequence Sequence, byte[] Hash, long TimeMicros)
{
    /// <summary>Time of the last event, UTC.</summary>
    public DateTimeOffset Time => Micros.ToTime(TimeMicros);

    /// <summary>The head of a log that has no events.</summary>
    internal static TenantHead None(TenantId tenant) => new(tenant, CompanySequence.Start, HashChain.Genesis(tenant), 0);

    /// <summary>A head for each tenant: those that were found, and none for the others.</summary>
    internal static IReadOnlyDictionary<TenantId, TenantHead> Each(
        IReadOnlyCollection<TenantId> tenants, IReadOnlyCollection<TenantHead> found)
    {
        var heads = found.ToDictionary(head => head.Tenant);
        foreach (var tenant in tenants) heads.TryAdd(tenant, None(tenant));
        return heads;
    }
}
