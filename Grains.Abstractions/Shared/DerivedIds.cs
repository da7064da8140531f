using System.Buffers.Binary;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>Ids of commands that nobody at an edge made: the same whenever the same thing is to be done.</summary>
public static class DerivedIds
{
    private const int GuidLength = 16;

    /// <summary>A UUID v7 (RFC 9562) of a time and a hash: new enough to sort well, and always the same.</summary>
    /// <param name="hash">At least 16 bytes over everything that tells one command from another.</param>
    /// <param name="milliseconds">Since 1970-01-01 UTC.</param>
    public static Guid Of(ReadOnlySpan<byte> hash, long milliseconds)
    {
        Span<byte> id = stackalloc byte[GuidLength];
        hash[..GuidLength].CopyTo(id);
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, milliseconds);
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
