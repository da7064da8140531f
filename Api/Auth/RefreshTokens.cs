using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>Refresh tokens as they are written: base64url of session (16 bytes), secret (32) and seal (16).</summary>
/// <remarks>
/// All nodes share the key of the seals.
/// The seal says whose session a token names, so that one which somebody made up costs no look at the database.
/// The successor under an Idempotency-Key is derived with the same key: an old token and a guessed Idempotency-Key are not enough.
/// </remarks>
public sealed class RefreshTokens(IKeyStore store, MasterKey master, TimeProvider time)
{
    private const int IdSize = 16;
    private const int SecretSize = 32;
    private const int BodySize = IdSize + SecretSize;
    private const int SealSize = 16;
    private const int Size = BodySize + SealSize;
    private readonly SharedSecret _key = new("refresh-token", store, master, time);

    /// <summary>A token of random bytes.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async ValueTask<string> Make(Guid session, CancellationToken cancel) =>
        Write(await _key.Get(cancel), session, RandomNumberGenerator.GetBytes(SecretSize));

    /// <summary>The one token that follows another under an Idempotency-Key.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async ValueTask<string> After(Guid session, string token, string idempotencyKey, CancellationToken cancel)
    {
        var key = await _key.Get(cancel);
        return Write(key, session, HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"after\n{token}\n{idempotencyKey}")));
    }

    /// <summary>The session that a token names; null where it is not sealed by us. Earlier releases sealed none.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async ValueTask<Guid?> SessionOf(string token, CancellationToken cancel)
    {
        if (!Base64Url.IsValid(token, out var size) || size != Size) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        return CryptographicOperations.FixedTimeEquals(Seal(await _key.Get(cancel), bytes.AsSpan(0, BodySize)), bytes.AsSpan(BodySize))
            ? new Guid(bytes.AsSpan(0, IdSize), bigEndian: true)
            : null;
    }

    /// <summary>What is kept of a token.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The token that earlier releases derived: a refresh that one of them answered may be repeated here.</summary>
    internal static string EarlierAfter(string token, string idempotencyKey) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(idempotencyKey)));

    private static string Write(byte[] key, Guid session, ReadOnlySpan<byte> secret)
    {
        Span<byte> bytes = stackalloc byte[Size];
        session.TryWriteBytes(bytes, bigEndian: true, out _);
        secret.CopyTo(bytes[IdSize..]);
        Seal(key, bytes[..BodySize]).CopyTo(bytes[BodySize..]);
        return Base64Url.EncodeToString(bytes);
    }

    // Its length tells a body from what a successor is derived from.
    private static ReadOnlySpan<byte> Seal(byte[] key, ReadOnlySpan<byte> body) => HMACSHA256.HashData(key, body).AsSpan(0, SealSize);
}
