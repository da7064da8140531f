using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tms.EventStore.Keys;

/// <summary>
/// Tokens that go out by mail and nowhere else. None is stored: it names what was asked for, and an HMAC-SHA-256 says that we wrote it.
/// </summary>
/// <remarks>
/// The same event gives the same token whenever it is mailed again. That a token holds once, and until when, is its aggregate's to say:
/// a token that opens here only proves who had the mail.
/// </remarks>
public sealed class MailTokens(IKeyStore store, MasterKey master, TimeProvider time)
{
    private const int BodySize = 1 + 16 + 16 + sizeof(int);
    private const int MacSize = 32;

    /// <summary>Characters of every token.</summary>
    public const int Length = (((BodySize + MacSize) * 8) + 5) / 6;

    private readonly SharedSecret _secret = new("mail-token", store, master, time);

    /// <summary>The token of a request.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async ValueTask<string> Make(MailToken token, CancellationToken cancel)
    {
        var bytes = new byte[BodySize + MacSize];
        Write(token, bytes);
        HMACSHA256.HashData(await _secret.Get(cancel), bytes.AsSpan(0, BodySize), bytes.AsSpan(BodySize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What a token names; null where we did not write it, or wrote it for another purpose.</summary>
    /// <exception cref="StoreUnavailableException">The key could not be read.</exception>
    public async ValueTask<MailToken?> Open(MailPurpose purpose, string text, CancellationToken cancel)
    {
        if (text.Length != Length || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        var mac = HMACSHA256.HashData(await _secret.Get(cancel), bytes.AsSpan(0, BodySize));
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(BodySize))) return null;
        var token = Read(bytes);
        return token.Purpose == purpose ? token : null;
    }

    private static void Write(MailToken token, Span<byte> bytes)
    {
        bytes[0] = (byte)token.Purpose;
        token.Tenant.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        token.Id.TryWriteBytes(bytes[17..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[33..], token.Request);
    }

    private static MailToken Read(ReadOnlySpan<byte> bytes) => new(
        (MailPurpose)bytes[0], new(new Guid(bytes[1..17], bigEndian: true)), new Guid(bytes[17..33], bigEndian: true),
        BinaryPrimitives.ReadInt32BigEndian(bytes[33..]));
}

/// <summary>What a mailed token names.</summary>
/// <param name="Purpose">What can be done with it.</param>
/// <param name="Tenant">Whose aggregate.</param>
/// <param name="Id">The aggregate.</param>
/// <param name="Request">Version of the event that it goes out with.</param>
public sealed record MailToken(MailPurpose Purpose, TenantId Tenant, Guid Id, int Request);

/// <summary>What can be done with a mailed token. The numbers are part of tokens that are out: never another meaning for one.</summary>
public enum MailPurpose
{
    /// <summary>Join a company.</summary>
    Invitation = 1,

    /// <summary>Set a password.</summary>
    PasswordReset = 2,

    /// <summary>Take a new e-mail address.</summary>
    EmailChange = 3,
}
