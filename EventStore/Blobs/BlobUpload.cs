using System.Buffers;
using System.Security.Cryptography;

namespace Tms.EventStore.Blobs;

/// <summary>Writes a stream's bytes as pieces, one piece in memory at a time.</summary>
internal sealed class BlobUpload(BlobPieces pieces, Guid id, PieceSeal? seal, long maxBytes)
{
    private readonly byte[] _tag = new byte[PieceSeal.TagSize];

    /// <summary>How many bytes, and their hash; null where there are more than a file may have.</summary>
    public async Task<(long Size, BlobHash Hash)?> Write(Stream content, CancellationToken cancel)
    {
        var plain = ArrayPool<byte>.Shared.Rent(IBlobStore.PieceSize);
        var data = seal is null ? plain : ArrayPool<byte>.Shared.Rent(IBlobStore.PieceSize);
        try
        {
            return await Write(content, plain, data, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain, clearArray: seal is not null);
            if (data != plain) ArrayPool<byte>.Shared.Return(data);
        }
    }

    private async Task<(long Size, BlobHash Hash)?> Write(Stream content, byte[] plain, byte[] data, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(
                plain.AsMemory(0, IBlobStore.PieceSize), IBlobStore.PieceSize, throwOnEndOfStream: false, cancel);
            if ((size += read) > maxBytes) return null;
            if (read > 0) await Write(number, plain, data, read, hash, cancel);
            if (read < IBlobStore.PieceSize) return (size, BlobHash.Of(hash.GetHashAndReset()));
        }
    }

    private Task Write(int number, byte[] plain, byte[] data, int length, IncrementalHash hash, CancellationToken cancel)
    {
        hash.AppendData(plain, 0, length);
        seal?.Seal(number, plain.AsSpan(0, length), data.AsSpan(0, length), _tag);
        return pieces.Write(id, number, new(data, 0, length), seal is null ? null : _tag, cancel);
    }
}
