using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Http;

/// <summary>Which list a cursor belongs to: it opens nowhere else.</summary>
/// <param name="Tenant">Whose list.</param>
/// <param name="List">Name of the list, e.g. <c>invoices</c>.</param>
/// <param name="Order">Sort and filters, written one way, e.g. <c>-createdAt|status=sent</c>.</param>
public readonly record struct CursorScope(TenantId Tenant, string List, string Order);

/// <summary>
/// Opaque places in lists: base64url of what the list needs to go on, and 16 bytes of HMAC-SHA-256 that bind it to its scope.
/// </summary>
/// <remarks>The key is kept in the store, purpose <c>cursor</c>: every node opens the cursors of every other.</remarks>
public sealed class Cursors(IKeyStore store, MasterKey master, TimeProvider time)
{
    private const string Purpose = "cursor";
    private const int MacSize = 16;
    private const int MaxLength = 1024;
    private byte[][] _keys = [];

    /// <summary>Loads the keys, and makes the first one where there is none.</summary>
    public async Task Load(CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var stored = await store.All(Purpose, cancel);
        if (stored.Count == 0)
        {
            await store.Add(
                new StoredKey(id, Purpose, time.GetUtcNow(), [], master.Wrap(Purpose, id, RandomNumberGenerator.GetBytes(32))),
                onlyFirst: true, cancel);
            stored = await store.All(Purpose, cancel);
        }

        _keys = [.. stored.Select(key => master.Unwrap(Purpose, key.Id, key.Wrapped))];
    }

    /// <summary>The cursor of a place.</summary>
    /// <param name="scope">The list.</param>
    /// <param name="place">What the list needs to go on; readable by who takes the cursor apart, so no secrets.</param>
    public string Seal(in CursorScope scope, ReadOnlySpan<byte> place)
    {
        var bytes = new byte[place.Length + MacSize];
        place.CopyTo(bytes);
        Mac(_keys[^1], scope, place, bytes.AsSpan(place.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>
    /// The place of a cursor; false where it was altered, or belongs to another list or company (400 <c>invalid_cursor</c>).
    /// </summary>
    public bool TryOpen(in CursorScope scope, string cursor, out byte[] place)
    {
        place = [];
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor, out var size) || size < MacSize) return false;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (Base64Url.EncodeToString(bytes) != cursor) return false;
        var mac = bytes.AsSpan(size - MacSize);
        Span<byte> expected = stackalloc byte[MacSize];
        foreach (var key in _keys)
        {
            Mac(key, scope, bytes.AsSpan(0, size - MacSize), expected);
            if (!CryptographicOperations.FixedTimeEquals(mac, expected)) continue;
            place = bytes[..(size - MacSize)];
            return true;
        }

        return false;
    }

    /// <summary>What a cursor that does not open is answered with.</summary>
    public static Problem Invalid() => new(400, ErrorCodes.InvalidCursor, "The cursor does not belong to this list, or was altered.");

    // Every part is preceded by its length, so that no two scopes and places give the same bytes.
    private static void Mac(byte[] key, in CursorScope scope, ReadOnlySpan<byte> place, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> tenant = stackalloc byte[16];
        scope.Tenant.Value.TryWriteBytes(tenant);
        hmac.AppendData(tenant);
        Append(hmac, Encoding.UTF8.GetBytes(scope.List));
        Append(hmac, Encoding.UTF8.GetBytes(scope.Order));
        Append(hmac, place);
        Span<byte> full = stackalloc byte[32];
        hmac.GetHashAndReset(full);
        full[..MacSize].CopyTo(mac);
    }

    private static void Append(IncrementalHash hmac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hmac.AppendData(length);
        hmac.AppendData(part);
    }
}
