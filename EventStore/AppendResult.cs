namespace Tms.EventStore;

/// <summary>What became of a unit. Faults of the store are exceptions; everything a caller can act on is a value.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Committed: on disk, in order, visible to every reader.</summary>
    /// <param name="Version">The first stream's version after the unit.</param>
    /// <param name="Sequence">The tenant's sequence of the unit's last event.</param>
    /// <param name="Time">When, as stamped by the store: UTC, whole microseconds, never before the tenant's last event.</param>
    /// <param name="Numbers">The drawn numbers, in the order of the unit's draws; empty where it draws none.</param>
    public sealed record Appended(
        StreamVersion Version, CompanySequence Sequence, DateTimeOffset Time, IReadOnlyList<long> Numbers) : AppendResult
    {
        /// <summary>
        /// The unit was in the log before this call (a repeat): the caller's state may be older, and numbers are not told again.
        /// </summary>
        public bool AlreadyThere { get; init; }
    }

    /// <summary>Somebody else appended to the stream first. Nothing of the unit was stored.</summary>
    /// <param name="Stream">The stream that moved on.</param>
    /// <param name="Actual">Its version now.</param>
    public sealed record Conflict(StreamName Stream, StreamVersion Actual) : AppendResult;

    /// <summary>The command key was used before. Nothing of the unit was stored.</summary>
    /// <param name="Earlier">What the first use did.</param>
    public sealed record KeyTaken(CommandRecord Earlier) : AppendResult;

    /// <summary>Another owner holds a value that the unit reserves. Nothing of the unit was stored.</summary>
    /// <param name="Holder">The reservation as it stands.</param>
    public sealed record Reserved(Reservation Holder) : AppendResult;

    /// <summary>
    /// A blob that the unit names is not stored, or not any more. Nothing of the unit was stored: it may come again once the blob is.
    /// </summary>
    public sealed record BlobMissing : AppendResult;
}

/// <summary>A command that happened under a key; kept as long as its events.</summary>
/// <param name="Fingerprint">What the command said.</param>
/// <param name="Stream">The first stream of its unit.</param>
/// <param name="Version">That stream's version right after the unit.</param>
public sealed record CommandRecord(byte[] Fingerprint, StreamName Stream, StreamVersion Version);

/// <summary>The store could not be reached in time. The outcome is unknown: send the same unit again.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More appends are waiting than the store can take: try again later. Nothing was stored.</summary>
public sealed class StoreBusyException(string message) : Exception(message);

/// <summary>The store refuses this unit for what it is (too large, malformed). Nothing was stored; repeating does not help.</summary>
public sealed class UnitRejectedException(string message, Exception? inner = null) : Exception(message, inner);
