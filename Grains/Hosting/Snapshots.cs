using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tms.Grains.Hosting;

/// <summary>When a snapshot is due, and how it is written.</summary>
internal static class Snapshots
{
    private const int Interval = 100;

    /// <summary>Every hundred events, and further apart as the stream grows: bytes written per append stay the same however long it is.</summary>
    public static bool Due(int version, int lastSnapshot) => version - lastSnapshot >= Math.Max(Interval, lastSnapshot / 8);

    public static byte[] Write<TState>(TState state, JsonTypeInfo<TState> json) => JsonSerializer.SerializeToUtf8Bytes(state, json);

    public static TState Read<TState>(byte[] state, JsonTypeInfo<TState> json) => JsonSerializer.Deserialize(state, json)!;
}
