using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>
/// A second factor that is being set up: its secret, sealed for its user and for ten minutes. Nothing is stored until a first code was
/// shown.
/// </summary>
/// <remarks>
/// Sealed by AES-256-GCM with a key that all nodes share, bound to the user: nonce (12 bytes), tag (16), ciphertext of expiry and secret.
/// </remarks>
public sealed class SecondFactorTickets(IKeyStore store, MasterKey master, TimeProvider time)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int BodySize = sizeof(long) + TotpCode.SecretSize;
    private const int Size = NonceSize + TagSize + BodySize;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly SharedSecret _key = new("second-factor-ticket", store, master, time);

    /// <summary>The ticket of a secret.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async Task<string> Seal(Guid user, byte[] secret, CancellationToken cancel)
    {
        var (ticket, body) = (new byte[Size], new byte[BodySize]);
        BinaryPrimitives.WriteInt64BigEndian(body, Micros.Of(time.GetUtcNow() + Lifetime));
        secret.CopyTo(body.AsSpan(sizeof(long)));
        RandomNumberGenerator.Fill(ticket.AsSpan(0, NonceSize));
        using var aes = new AesGcm(await _key.Get(cancel), TagSize);
        aes.Encrypt(
            ticket.AsSpan(0, NonceSize), body, ticket.AsSpan(NonceSize + TagSize), ticket.AsSpan(NonceSize, TagSize), user.ToByteArray());
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>The secret of a ticket; null where it is not this user's, was altered, or is too old.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async Task<byte[]?> Open(Guid user, string text, CancellationToken cancel)
    {
        if (!Base64Url.IsValid(text, out var size) || size != Size) return null;
        var body = Decrypt(await _key.Get(cancel), Base64Url.DecodeFromChars(text), user);
        return body is not null && Micros.ToTime(BinaryPrimitives.ReadInt64BigEndian(body)) > time.GetUtcNow()
            ? body[sizeof(long)..]
            : null;
    }

    private static byte[]? Decrypt(byte[] key, byte[] ticket, Guid user)
    {
        var body = new byte[BodySize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(
                ticket.AsSpan(0, NonceSize), ticket.AsSpan(NonceSize + TagSize), ticket.AsSpan(NonceSize, TagSize), body,
                user.ToByteArray());
            return body;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
