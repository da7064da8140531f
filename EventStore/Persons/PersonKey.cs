using System.Security.Cryptography;

namespace Tms.EventStore.Persons;

/// <summary>
/// One person's data key: seals what events hold of the person, by AES-256-GCM. Destroying it erases the person and leaves the log whole.
/// </summary>
/// <remarks>
/// Sealed form: nonce (12 bytes, random), tag (16), ciphertext. The event's id is bound to it: what was sealed for one event opens in no
/// other.
/// </remarks>
public sealed class PersonKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    private const int NonceSize = 12, TagSize = 16;

    private readonly byte[] _key;

    /// <summary>A key of these bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public PersonKey(byte[] key)
    {
        if (key.Length != Size) throw new ArgumentException($"A person's key has {Size} bytes, not {key.Length}.", nameof(key));
        _key = key;
    }

    /// <summary>Seals what an event holds of the person.</summary>
    public byte[] Seal(Guid eventId, ReadOnlySpan<byte> plain) => Seal(eventId.ToByteArray(bigEndian: true), plain);

    /// <summary>Opens what was sealed for an event.</summary>
    /// <exception cref="InvalidDataException">It was altered, or sealed for another event or with another key.</exception>
    public byte[] Open(Guid eventId, ReadOnlySpan<byte> box) =>
        Open(eventId.ToByteArray(bigEndian: true), box, $"What event {eventId} holds of a person");

    /// <summary>Seals something else of the person, bound to the bytes of what it belongs to.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> belongsTo, ReadOnlySpan<byte> plain)
    {
        var box = new byte[NonceSize + TagSize + plain.Length];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), belongsTo);
        return box;
    }

    /// <summary>Opens what was sealed for the same bytes.</summary>
    /// <exception cref="InvalidDataException">
    /// It was altered, or sealed for something else or with another key; begins with <paramref name="what"/>.
    /// </exception>
    internal byte[] Open(ReadOnlySpan<byte> belongsTo, ReadOnlySpan<byte> box, string what)
    {
        var plain = new byte[Math.Max(0, box.Length - NonceSize - TagSize)];
        try
        {
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box.Slice(NonceSize, TagSize), plain, belongsTo);
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{what} was altered, or sealed for something else or with another key.", e);
        }
    }
}
