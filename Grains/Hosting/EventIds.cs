using System.Buffers.Binary;

namespace Tms.Grains.Hosting;

/// <summary>Ids of events derive from their command's id: a repeated append is recognised by them.</summary>
internal static class EventIds
{
    private const int SameBytes = 14;

    /// <summary>The id of a command's <paramref name="index"/>-th event; the first one's is the command's own.</summary>
    public static Guid Of(Guid command, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        command.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)(tail ^ index));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Whether an event was made by a command.</summary>
    public static bool IsOf(Guid command, Guid eventId)
    {
        Span<byte> one = stackalloc byte[16];
        Span<byte> other = stackalloc byte[16];
        command.TryWriteBytes(one, bigEndian: true, out _);
        eventId.TryWriteBytes(other, bigEndian: true, out _);
        return one[..SameBytes].SequenceEqual(other[..SameBytes]);
    }
}
