using Tms.EventStore.Heads;

namespace Tms.EventStore.Rebuild;

/// <summary>Changes a tenant's rows of a table while nobody appends to its partition.</summary>
internal interface IRebuildStore
{
    /// <summary>In one transaction: keeps writers of the partition out, folds what they committed until then, removes the old rows and writes the new ones.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or the partition was not free in time; the old rows stay.</exception>
    Task Replace(TableFold fold, CancellationToken cancel);

    /// <summary>In one transaction: makes up for what the tenant's read models lack, as far as an append would; answers what is still behind.</summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="Replace"/>.</exception>
    Task<IReadOnlyList<ModelName>> Cover(TenantId tenant, CancellationToken cancel);

    /// <summary>In one transaction: folds the rows of one stream anew.</summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="Replace"/>.</exception>
    Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel);
}
