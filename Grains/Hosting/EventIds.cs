using System.Buffers.Binary;

namespace Tms.Grains.Hosting;

/// <summary>Ids of events derive from their command's id: a repeated append is recognised by them.</summary>
internal static class EventIds
{
    /// <summary>The id of a command's <paramref name="index"/>-th event; the first one's is the command's own.</summary>
    public static Guid Of(Guid command, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        command.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)(tail ^ index));
        return new Guid(bytes, bigEndian: true);
    }
}
