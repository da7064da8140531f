namespace Tms.EventStore.Blobs;

/// <summary>
/// Files that no event may name: never named, named no longer, or never written to their end. For the job that removes them.
/// </summary>
public interface IUnnamedBlobs
{
    /// <summary>Candidates of all companies whose time is up, the longest due first.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="after">Exclusive; null begins with the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Cancels the read.</param>
    Task<IReadOnlyList<UnnamedBlob>> Due(DateTimeOffset now, UnnamedBlob? after, int limit, CancellationToken cancel = default);

    /// <summary>Removes a candidate that nothing names. One that something names stays, and is no candidate any more.</summary>
    /// <remarks>A unit that names it at the same moment either commits, and it stays, or finds it gone and is rejected.</remarks>
    /// <returns>Whether it is removed.</returns>
    Task<bool> Sweep(Guid tenant, Guid id, DateTimeOffset now, CancellationToken cancel = default);
}

/// <summary>A candidate.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The store's own id of the copy, UUID v7.</param>
/// <param name="DueMicros">Since when it has been due: µs since 1970, UTC.</param>
public sealed record UnnamedBlob(Guid Tenant, Guid Id, long DueMicros);
