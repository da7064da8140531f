using System.Buffers.Binary;

namespace Tms.EventStore.Readers;

/// <summary>
/// What an event's id tells of its time. A UUID v7 begins with the milliseconds at which its command was made, before the event.
/// </summary>
internal static class IdTime
{
    private const long MicrosPerMilli = 1000, MicrosPerDay = 86_400_000_000;

    /// <summary>
    /// The time (µs since 1970) before which an event with this id was not stored; the least there is where the id has no time.
    /// </summary>
    /// <remarks>A day early: the clocks of who made the id and who stored the event may differ.</remarks>
    public static long Earliest(Guid id)
    {
        if (id.Version != 7) return long.MinValue;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var millis = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return (millis * MicrosPerMilli) - MicrosPerDay;
    }
}
