using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Tms.EventStore.Blobs;

/// <summary>Reads a file's pieces, one in memory at a time, and holds the last one back until the hash of all is right.</summary>
internal sealed class BlobDownload(BlobPieces pieces, BlobCopy copy, PieceSeal? seal)
{
    private readonly byte[] _tag = new byte[PieceSeal.TagSize];

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces([EnumeratorCancellation] CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var data = ArrayPool<byte>.Shared.Rent(IBlobStore.PieceSize);
        var plain = seal is null ? data : ArrayPool<byte>.Shared.Rent(IBlobStore.PieceSize);
        try
        {
            for (var number = 0; number < copy.Pieces; number++)
            {
                var length = await Read(number, data, plain, cancel);
                hash.AppendData(plain, 0, length);
                if (number == copy.Pieces - 1) MustBeRight(hash);
                yield return plain.AsMemory(0, length);
            }

            if (copy.Pieces == 0) MustBeRight(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(data);
            if (plain != data) ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        }
    }

    private async Task<int> Read(int number, byte[] data, byte[] plain, CancellationToken cancel)
    {
        var length = await pieces.Read(copy.Id, number, data, _tag, cancel);
        if (length < 0) throw new BlobGoneException($"Piece {number} of blob {copy.Blob.Address.Hash} is not there.");
        var expected = Math.Min(IBlobStore.PieceSize, copy.Blob.Size - ((long)number * IBlobStore.PieceSize));
        if (length != expected)
            throw new InvalidDataException($"Piece {number} of blob {copy.Blob.Address.Hash} has {length} bytes instead of {expected}.");
        seal?.Open(number, data.AsSpan(0, length), _tag, plain.AsSpan(0, length));
        return length;
    }

    private void MustBeRight(IncrementalHash hash)
    {
        var found = BlobHash.Of(hash.GetHashAndReset());
        if (found != copy.Blob.Address.Hash)
            throw new InvalidDataException($"Blob {copy.Blob.Address.Hash} holds other bytes: their hash is {found}.");
    }
}
