using Tms.EventStore.Heads;

namespace Tms.EventStore.Rebuild;

/// <summary>Changes a tenant's rows of a table while nobody appends to its partition.</summary>
internal interface IRebuildStore
{
    /// <summary>Begins to fold a tenant's table anew; nobody else does so until the session is disposed.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or another session folds the same rows.</exception>
    Task<IRebuildSession> Open(TenantId tenant, string table, CancellationToken cancel);

    /// <summary>
    /// In one transaction: makes up for what the tenant's read models lack, as far as an append would; answers what is still behind.
    /// </summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="IRebuildSession.Locked"/>.</exception>
    Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, CancellationToken cancel);

    /// <summary>In one transaction: folds the rows of one stream anew, and of those that share its id.</summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="IRebuildSession.Locked"/>.</exception>
    Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel);
}

/// <summary>A session that takes a tenant's partition many times, each time for a moment.</summary>
internal interface IRebuildSession : IAsyncDisposable
{
    /// <summary>Makes a change in a transaction that keeps writers of the partition out.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The store could not be reached, or the partition was not free in time; nothing has changed.
    /// </exception>
    Task<T> Locked<T>(Func<ICoverSession, Task<T>> change, CancellationToken cancel);
}
