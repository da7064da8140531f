namespace Tms.EventStore.Lanes;

/// <summary>One session: commits a batch in one transaction. Never called twice at once.</summary>
internal interface IBatchStore : IAsyncDisposable
{
    /// <summary>Commits what can be and answers for every unit, in the order of the units.</summary>
    /// <param name="units">The batch.</param>
    /// <param name="shortly">
    /// Whether a lock of a table or row is waited for only for a moment: others must not wait for what a batch holds that has waited
    /// before.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BatchFailedException">Nothing is known to be committed; says how to go on.</exception>
    Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, bool shortly, CancellationToken cancel);

    /// <summary>Partitions that another session holds at this moment. Waits for none and keeps none.</summary>
    /// <exception cref="BatchFailedException">The store could not be asked.</exception>
    Task<IReadOnlyList<int>> Locked(IReadOnlyCollection<int> partitions, CancellationToken cancel);

    /// <summary>
    /// Waits until a partition is free, for a bounded time and holding nothing. Ends the holder if it is a writer that was lost in the
    /// middle of its batch.
    /// </summary>
    /// <exception cref="BatchFailedException">The store could not be asked.</exception>
    Task WaitUntilFree(int partition, CancellationToken cancel);
}

/// <summary>A unit's result, or the exception that its own code caused.</summary>
internal readonly record struct UnitAnswer(AppendResult? Result, UnitRejectedException? Rejection);

/// <summary>How a lane goes on after a batch failed.</summary>
internal enum BatchFailure
{
    /// <summary>The store or the connection: the same batch again, a little later.</summary>
    Transient,

    /// <summary>The batch was not written within its time: half of it may be.</summary>
    Slow,

    /// <summary>A partition, a table or a row is held by another session: units that do not need it need not wait for it.</summary>
    Locked,

    /// <summary>The database refuses data in it: by halves, until the unit is found.</summary>
    Definite,

    /// <summary>
    /// A table or a right that some unit needs is not there: by halves, and that unit is told that the store is unavailable.
    /// </summary>
    Unfit,

    /// <summary>This process must not write now (its clock is wrong): everybody is told at once.</summary>
    Barred,
}

/// <summary>A batch that was not committed as far as is known.</summary>
internal sealed class BatchFailedException(BatchFailure failure, Exception inner) : Exception(inner.Message, inner)
{
    public BatchFailure Failure { get; } = failure;
}
