namespace Tms.EventStore;

/// <summary>What is left of deleted rows in the database's own files.</summary>
public interface IErasedData
{
    /// <summary>Overwrites it as far as this program can, which is where the database is a file of its own.</summary>
    /// <remarks>
    /// SQLite: deleted rows are overwritten when they are deleted; what the write-ahead log still holds of them goes here, as soon as
    /// nobody reads it.
    /// PostgreSQL: nothing is done; its autovacuum and the recycling of its write-ahead log do it in their time
    /// (<c>docs/operations.md</c>).
    /// </remarks>
    /// <returns>Whether it is done; false where others kept reading: it is done with a later checkpoint.</returns>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<bool> Overwrite(CancellationToken cancel = default);
}
