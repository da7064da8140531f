using System.Text;

namespace Tms.EndToEnd.Tests.Telemetry;

/// <summary>As much of the protobuf wire format as it takes to find one's way through nested messages.</summary>
internal static class Protobuf
{
    /// <summary>The fields of a message that have a length: texts, bytes and messages. Numbers are passed over.</summary>
    public static IEnumerable<(int Field, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var (key, start) = Varint(message);
            message = message[start..];
            var (length, skip) = (key & 7) switch
            {
                0UL => (0, Varint(message).Size),
                1UL => (0, 8),
                2UL => ((int)Varint(message).Value, Varint(message).Size),
                5UL => (0, 4),
                _ => throw new InvalidDataException($"Wire type {key & 7}."),
            };
            if ((key & 7) == 2) yield return ((int)(key >> 3), message.Slice(skip, length));
            message = message[(skip + length)..];
        }
    }

    /// <summary>The fields of a message that have a number.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> All(ReadOnlyMemory<byte> message, int field) =>
        Fields(message).Where(f => f.Field == field).Select(f => f.Value);

    /// <summary>A text; empty where it is left out.</summary>
    public static string Text(ReadOnlyMemory<byte> message, int field) =>
        Encoding.UTF8.GetString(All(message, field).FirstOrDefault().Span);

    /// <summary>Bytes as lower-case hex; empty where they are left out.</summary>
    public static string Hex(ReadOnlyMemory<byte> message, int field) =>
        Convert.ToHexStringLower(All(message, field).FirstOrDefault().Span);

    private static (ulong Value, int Size) Varint(ReadOnlyMemory<byte> bytes)
    {
        var (value, size) = (0UL, 0);
        for (; (bytes.Span[size] & 0x80) != 0; size++) value |= (ulong)(bytes.Span[size] & 0x7f) << (7 * size);
        return (value | ((ulong)bytes.Span[size] << (7 * size)), size + 1);
    }
}
