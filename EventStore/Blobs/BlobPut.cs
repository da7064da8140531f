namespace Tms.EventStore.Blobs;

/// <summary>What became of a file that was to be stored. Only <see cref="Stored"/> leaves something behind.</summary>
public abstract record BlobPut
{
    private BlobPut()
    {
    }

    /// <summary>It is stored, and stays for a day at least without being named.</summary>
    /// <param name="Blob">The blob. Its media type is that of the first time the owner stored these bytes.</param>
    /// <param name="AlreadyThere">Whether the owner had stored the same bytes before.</param>
    public sealed record Stored(Blob Blob, bool AlreadyThere) : BlobPut;

    /// <summary>It is larger than a file may be.</summary>
    /// <param name="MaxBytes">The most a file may have.</param>
    public sealed record TooLarge(long MaxBytes) : BlobPut;

    /// <summary>With it the company would have more than it may.</summary>
    /// <param name="QuotaBytes">The most that all files of a company may have together.</param>
    public sealed record OverQuota(long QuotaBytes) : BlobPut;

    /// <summary>The owner is a person without a key: unknown, or erased.</summary>
    public sealed record NoOwner : BlobPut;
}
