using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tms.EventStore.Persons;

namespace Tms.EventStore.Blobs;

/// <summary>Seals the pieces of one copy of a person's file, by AES-256-GCM with a key of its own that the person's key opens.</summary>
/// <remarks>
/// The hash of a file is known only when its last piece has been written. So each piece is bound to the copy's key and to its number,
/// and the copy's key, once all is written, to tenant, person, hash and size: a piece opens at its own place and nowhere else.
/// </remarks>
internal sealed class PieceSeal : IDisposable
{
    public const int TagSize = 16;

    private const int NonceSize = 12;

    private readonly byte[] _key;
    private readonly AesGcm _aes;

    private PieceSeal(byte[] key) => (_key, _aes) = (key, new AesGcm(key, TagSize));

    /// <summary>A seal for a new copy.</summary>
    public static PieceSeal Make() => new(RandomNumberGenerator.GetBytes(PersonKey.Size));

    /// <summary>The seal of a copy that was written.</summary>
    /// <exception cref="InvalidDataException">Its key was altered, or belongs to something else.</exception>
    public static PieceSeal Of(PersonKey person, byte[] box, BlobAddress address, long size) =>
        new(person.Open(Place(address, size), box, $"The key of blob {address.Hash}"));

    /// <summary>The copy's key, sealed with the person's.</summary>
    public byte[] Wrap(PersonKey person, BlobAddress address, long size) => person.Seal(Place(address, size), _key);

    public void Seal(int number, ReadOnlySpan<byte> plain, Span<byte> data, Span<byte> tag) =>
        _aes.Encrypt(Nonce(number, stackalloc byte[NonceSize]), plain, data, tag);

    /// <exception cref="InvalidDataException">It was altered, or is another piece.</exception>
    public void Open(int number, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, Span<byte> plain)
    {
        try
        {
            _aes.Decrypt(Nonce(number, stackalloc byte[NonceSize]), data, tag, plain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"Piece {number} of a person's blob was altered, or belongs elsewhere.", e);
        }
    }

    public void Dispose()
    {
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }

    // The number itself: a key seals one copy, so no number comes twice.
    private static Span<byte> Nonce(int number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt32BigEndian(nonce[^sizeof(int)..], number);
        return nonce;
    }

    private static byte[] Place(BlobAddress address, long size) =>
        Encoding.ASCII.GetBytes($"tms-blob-1 {address.Owner.Tenant.Value:N} {address.Owner.Person:N} {address.Hash} {size}");
}
