namespace Tms.EventStore.Lanes;

/// <summary>Commits a batch in one transaction. One per lane; never called twice at once.</summary>
internal interface IBatchStore : IAsyncDisposable
{
    /// <summary>Commits what can be and answers for every unit, in the order of the units.</summary>
    /// <exception cref="BatchFailedException">Nothing is known to be committed; says how to go on.</exception>
    Task<UnitAnswer[]> Commit(IReadOnlyList<AppendUnit> units, CancellationToken cancel);
}

/// <summary>A unit's result, or the exception that its own code caused.</summary>
internal readonly record struct UnitAnswer(AppendResult? Result, UnitRejectedException? Rejection);

/// <summary>How a lane goes on after a batch failed.</summary>
internal enum BatchFailure
{
    /// <summary>The store, the connection or a lock: the same batch again, a little later.</summary>
    Transient,

    /// <summary>Some partition is locked: the others need not wait for it.</summary>
    Locked,

    /// <summary>The database refuses something in it: unit by unit.</summary>
    Definite,
}

/// <summary>A batch that was not committed as far as is known.</summary>
internal sealed class BatchFailedException(BatchFailure failure, Exception inner) : Exception(inner.Message, inner)
{
    public BatchFailure Failure { get; } = failure;
}
