using System.Data.Common;

namespace Tms.EventStore.Blobs;

/// <summary>A stored file as its row has it.</summary>
/// <param name="Id">What its pieces hang on.</param>
/// <param name="Blob">What is told of it.</param>
/// <param name="Key">The key of its pieces, sealed with the person's; null: the pieces are plain.</param>
internal sealed record BlobCopy(Guid Id, Blob Blob, byte[]? Key)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "id, size, media_type, stored_us, key, hash";

    public int Pieces => (int)((Blob.Size + IBlobStore.PieceSize - 1) / IBlobStore.PieceSize);

    public static BlobCopy Read(DbDataReader r, BlobOwner owner) => new(
        r.GetGuid(0),
        new(new(owner, BlobHash.Of(r.GetFieldValue<byte[]>(5))), r.GetInt64(1), r.GetString(2), Micros.ToTime(r.GetInt64(3))),
        r.IsDBNull(4) ? null : r.GetFieldValue<byte[]>(4));
}
