using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tms.Api.Security;

/// <summary>An API key as it is written: <c>tms_</c> and base64url of company (16 bytes), key id (16), secret (32) and check (4).</summary>
/// <remarks>
/// The check is the beginning of the SHA-256 of what stands before it: who finds such a text somewhere knows that it is a key, and a typing
/// error costs no look at the store.
/// </remarks>
/// <param name="Company">Whose key.</param>
/// <param name="Key">The key's id.</param>
/// <param name="Secret">32 random bytes, told once.</param>
public readonly record struct ApiKeyText(Guid Company, Guid Key, byte[] Secret)
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "tms_";

    /// <summary>Bytes of a secret.</summary>
    public const int SecretSize = 32;

    private const int IdSize = 16;
    private const int CheckSize = 4;
    private const int Size = IdSize + IdSize + SecretSize + CheckSize;
    private const int Length = 91;

    /// <summary>Whether a text claims to be a key.</summary>
    public static bool IsKey(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The parts of a key; null where the text is none.</summary>
    public static ApiKeyText? Parse(string text)
    {
        if (!IsKey(text) || text.Length != Prefix.Length + Length || !Base64Url.IsValid(text.AsSpan(Prefix.Length), out var size)
            || size != Size) return null;
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length));
        var content = bytes.AsSpan(0, Size - CheckSize);
        if (!SHA256.HashData(content).AsSpan(0, CheckSize).SequenceEqual(bytes.AsSpan(Size - CheckSize))) return null;
        return new ApiKeyText(
            new Guid(content[..IdSize], bigEndian: true), new Guid(content.Slice(IdSize, IdSize), bigEndian: true),
            content[^SecretSize..].ToArray());
    }

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(byte[] secret) => SHA256.HashData(secret);

    /// <summary>The key as its holder writes it.</summary>
    public string Write()
    {
        var bytes = new byte[Size];
        Company.TryWriteBytes(bytes, bigEndian: true, out _);
        Key.TryWriteBytes(bytes.AsSpan(IdSize), bigEndian: true, out _);
        Secret.CopyTo(bytes.AsSpan(IdSize + IdSize));
        SHA256.HashData(bytes.AsSpan(0, Size - CheckSize)).AsSpan(0, CheckSize).CopyTo(bytes.AsSpan(Size - CheckSize));
        return Prefix + Base64Url.EncodeToString(bytes);
    }
}
