using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tms.EventStore;

/// <summary>Each tenant's events form a SHA-256 chain: changing, removing or reordering one breaks every hash after it.</summary>
/// <remarks>
/// hash(n) = SHA-256 over these fields, each as a 4-byte big-endian length and its bytes: hash(n−1), sequence (int64),
/// event id (16 bytes big-endian), stream (<c>type/id</c>, UTF-8), version (int32), type (UTF-8), schema version (int32),
/// time (int64 µs), data, metadata. Integers are big-endian. hash(0) = SHA-256 over <c>tms-chain-1</c> and the tenant's 16 bytes.
/// </remarks>
public static class HashChain
{
    // Of a stream's or type's name; a stream's has a slash and an id of 36 characters.
    private const int NameLength = 256;
    private const int IdLength = 37;

    /// <summary>The hash before a tenant's first event.</summary>
    public static byte[] Genesis(TenantId tenant)
    {
        Span<byte> seed = stackalloc byte[27];
        "tms-chain-1"u8.CopyTo(seed);
        tenant.Value.TryWriteBytes(seed[11..], bigEndian: true, out _);
        return SHA256.HashData(seed);
    }

    /// <summary>The hash after <paramref name="e"/>, whose own <see cref="RecordedEvent.Hash"/> is not looked at.</summary>
    public static byte[] Next(ReadOnlySpan<byte> previous, RecordedEvent e)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> id = stackalloc byte[16];
        Span<byte> name = stackalloc byte[NameLength];
        e.Id.TryWriteBytes(id, bigEndian: true, out _);
        Add(hash, previous);
        Add(hash, e.Sequence.Value);
        Add(hash, id);
        Add(hash, name[..StreamBytes(e.Stream, name)]);
        Add(hash, e.Version.Value);
        Add(hash, name[..Encoding.UTF8.GetBytes(e.Type, name)]);
        Add(hash, e.SchemaVersion);
        Add(hash, e.TimeMicros);
        Add(hash, e.Data.Span);
        Add(hash, e.Metadata.Span);
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Whether an event's names have a length that names are written with; where they were changed by hand they need not.
    /// </summary>
    public static bool CanHash(RecordedEvent e) =>
        Encoding.UTF8.GetByteCount(e.Stream.Type) + IdLength <= NameLength && Encoding.UTF8.GetByteCount(e.Type) <= NameLength;

    private static int StreamBytes(StreamName stream, Span<byte> target)
    {
        var type = Encoding.UTF8.GetBytes(stream.Type, target);
        target[type] = (byte)'/';
        stream.Id.TryFormat(target[(type + 1)..], out var id);
        return type + 1 + id;
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }

    private static void Add(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Add(hash, bytes);
    }

    private static void Add(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        Add(hash, bytes);
    }
}
