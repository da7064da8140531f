using System.Security.Cryptography;

namespace Tms.EventStore.Blobs;

/// <summary>SHA-256 of a file's plain bytes: what the file is known by.</summary>
public readonly record struct BlobHash
{
    private BlobHash(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>A hash of its 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not 32.</exception>
    public static BlobHash Of(ReadOnlySpan<byte> bytes) => bytes.Length == SHA256.HashSizeInBytes
        ? new(Convert.ToHexStringLower(bytes))
        : throw new ArgumentException($"A hash has {SHA256.HashSizeInBytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The hash that a text names; null where it is not 64 lower-case hexadecimal digits.</summary>
    public static BlobHash? Parse(string? text) =>
        text is { Length: 2 * SHA256.HashSizeInBytes } && text.All(char.IsAsciiHexDigitLower) ? new(text) : null;

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);

    /// <inheritdoc />
    public override string ToString() => Hex;
}
