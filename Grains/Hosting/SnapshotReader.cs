using System.Text.Json.Serialization.Metadata;
using Tms.EventStore;

namespace Tms.Grains.Hosting;

/// <summary>Finds where a fold begins: at the nearest snapshot that can be read.</summary>
internal sealed class SnapshotReader<TState>(IEventReader reader, StreamSnapshots stored, JsonTypeInfo<TState> json, TState initial)
    where TState : class
{
    /// <summary>Snapshots as they are stored.</summary>
    public StreamSnapshots Stored => stored;

    /// <summary>The state at the nearest snapshot up to a version; the initial state where none can be read.</summary>
    public async ValueTask<Folded<TState>> Nearest(StreamName stream, int version)
    {
        for (var upTo = version; upTo >= Snapshots.Interval;)
        {
            if (await reader.FindSnapshot(stored.Tenant, stream, stored.Schema, new(upTo)) is not { } found) break;
            if (await Read(found) is { } folded) return folded;
            upTo = found.Version.Value - 1;
        }

        return new(initial, 0);
    }

    /// <summary>The state that a stored snapshot holds; null if it cannot be read.</summary>
    public async ValueTask<Folded<TState>?> Read(Snapshot snapshot)
    {
        var mark = new SnapshotMark(snapshot.Version.Value, snapshot.State.Length);
        return Snapshots.Read((await stored.Open(snapshot)).State, json) is { } state ? new(state, mark.Version) { Snapshot = mark } : null;
    }
}
