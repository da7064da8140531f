namespace Tms.EventStore.Rebuild;

/// <summary>Changes a tenant's rows of a table while nobody appends to its partition.</summary>
internal interface IRebuildStore
{
    /// <summary>In one transaction: keeps writers of the partition out, folds what they committed until then, removes the old rows and writes the new ones.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or the partition was not free in time; the old rows stay.</exception>
    Task Replace(TableFold fold, CancellationToken cancel);
}
