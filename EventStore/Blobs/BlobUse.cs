namespace Tms.EventStore.Blobs;

/// <summary>What a unit says of a blob: that a stream's events name it from now on, or no longer.</summary>
/// <remarks>
/// Committed with the events. A unit that names a blob which is not stored, or not any more, gets <see cref="AppendResult.BlobMissing"/>;
/// a blob that a committed unit names is never swept. Naming a blob twice, or ending what is not there, changes nothing.
/// </remarks>
/// <param name="Blob">Which blob, of the unit's own tenant.</param>
/// <param name="Stream">Whose events name it.</param>
/// <param name="Ends">Whether the stream names it no longer.</param>
public sealed record BlobUse(BlobAddress Blob, StreamName Stream, bool Ends = false);
