namespace Tms.EventStore;

/// <summary>Keys that all processes share. Private halves are wrapped by the master key before they come here.</summary>
public interface IKeyStore
{
    /// <summary>All keys of a purpose, oldest first.</summary>
    Task<IReadOnlyList<StoredKey>> All(string purpose, CancellationToken cancel = default);

    /// <summary>
    /// Adds a key; when the purpose already has one and <paramref name="onlyFirst"/> is set, adds nothing and answers false.
    /// </summary>
    Task<bool> Add(StoredKey key, bool onlyFirst, CancellationToken cancel = default);

    /// <summary>
    /// Adds the successor of a key; adds nothing and answers false where it is not the newest of its purpose any more: somebody else was
    /// first.
    /// </summary>
    Task<bool> AddAfter(StoredKey key, string newest, CancellationToken cancel = default);

    /// <summary>Notes on a key that it holds no more; a key that was withdrawn before keeps its time.</summary>
    /// <returns>Since when it is withdrawn; null where the purpose has no such key.</returns>
    Task<DateTimeOffset?> Withdraw(string purpose, string id, DateTimeOffset at, CancellationToken cancel = default);
}

/// <summary>A key in the store.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="Purpose">What it is for, e.g. <c>access-token</c>.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="Public">Public half (SubjectPublicKeyInfo, DER); empty for symmetric keys.</param>
/// <param name="Wrapped">Private half, wrapped by the master key.</param>
/// <param name="WithdrawnAt">Since when it holds no more, UTC; null: it was not withdrawn.</param>
public sealed record StoredKey(
    string Id, string Purpose, DateTimeOffset CreatedAt, byte[] Public, byte[] Wrapped, DateTimeOffset? WithdrawnAt = null);
