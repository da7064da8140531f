using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tms.Grains.Hosting;

/// <summary>When a snapshot is due, and how it is written.</summary>
internal static class Snapshots
{
    /// <summary>Least number of events between two snapshots, and before the first.</summary>
    public const int Interval = 100;

    private const int KeptInterval = 250, BytesPerEvent = 64;

    /// <summary>
    /// Every hundred events; further apart only as far as the state itself grows with the stream. So bytes written per append stay the same
    /// however long the stream is, and a small state is never far behind.
    /// </summary>
    public static bool Due(int version, SnapshotMark last) =>
        version - last.Version >= Math.Max(Interval, Math.Min(last.Version / 8, last.Bytes / BytesPerEvent));

    /// <summary>
    /// Whether a snapshot stays when newer ones come: the first one in every 250 events; further apart as the state is larger, but at least
    /// one whenever the stream has doubled. So what is kept stays in proportion to the stream, and a short way before any version one is
    /// found.
    /// </summary>
    public static bool Stays(int version, int bytes, SnapshotMark last)
    {
        var apart = KeptInterval << BitOperations.Log2((uint)Math.Max(1, Math.Min(version, bytes / BytesPerEvent) / KeptInterval));
        return version / apart > last.Version / apart;
    }

    public static byte[] Write<TState>(TState state, JsonTypeInfo<TState> json) => JsonSerializer.SerializeToUtf8Bytes(state, json);

    /// <summary>The state that a snapshot holds; null if it cannot be read: then its events are folded.</summary>
    public static TState? Read<TState>(byte[] state, JsonTypeInfo<TState> json)
        where TState : class
    {
        try
        {
            return JsonSerializer.Deserialize(state, json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>An aggregate's latest snapshot.</summary>
/// <param name="Version">The version that it holds; 0 without one.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct SnapshotMark(int Version, int Bytes);
