using System.Text.Json.Serialization.Metadata;
using Tms.EventStore;

namespace Tms.Grains.Hosting;

/// <summary>Finds where a fold begins: at the nearest snapshot that can be read.</summary>
internal sealed class SnapshotReader<TState>(IEventReader reader, TenantId tenant, int schema, JsonTypeInfo<TState> json, TState initial)
    where TState : class
{
    /// <summary>The state at the nearest snapshot up to a version; the initial state where none can be read.</summary>
    public async ValueTask<Folded<TState>> Nearest(StreamName stream, int version)
    {
        for (var upTo = version; upTo >= Snapshots.Interval;)
        {
            if (await reader.FindSnapshot(tenant, stream, schema, new(upTo)) is not { } found) break;
            if (Read(found) is { } folded) return folded;
            upTo = found.Version.Value - 1;
        }

        return new(initial, 0);
    }

    /// <summary>The state that a snapshot holds; null if it cannot be read.</summary>
    public Folded<TState>? Read(Snapshot snapshot) => Snapshots.Read(snapshot.State, json) is { } state
        ? new(state, snapshot.Version.Value) { Snapshot = new(snapshot.Version.Value, snapshot.State.Length) }
        : null;
}
