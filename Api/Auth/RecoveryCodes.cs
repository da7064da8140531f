using System.Security.Cryptography;
using System.Text;

namespace Tms.Api.Auth;

/// <summary>Codes for a lost device: 120 random bits each, so that a plain SHA-256 is enough to keep of one.</summary>
internal static class RecoveryCodes
{
    /// <summary>How many there are at first.</summary>
    public const int Count = 10;

    private const int Hash = SHA256.HashSizeInBytes;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>New codes, six groups of four letters and digits.</summary>
    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count)
            .Select(_ => string.Join('-', Enumerable.Range(0, 6).Select(_ => RandomNumberGenerator.GetString(Letters, 4))))];

    /// <summary>What is kept of codes: their hashes, one after the other.</summary>
    public static byte[] Hashes(IEnumerable<string> codes) => [.. codes.SelectMany(HashOf)];

    /// <summary>The hashes of the others; null where the code is none of them. Compares with every one, whichever it is.</summary>
    public static byte[]? Without(byte[] hashes, string code)
    {
        var (given, found) = (HashOf(code), -1);
        for (var at = 0; at < hashes.Length; at += Hash)
        {
            if (CryptographicOperations.FixedTimeEquals(given, hashes.AsSpan(at, Hash))) found = at;
        }

        return found < 0 ? null : [.. hashes[..found], .. hashes[(found + Hash)..]];
    }

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(CodeText.Read(code) ?? ""));
}
