using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>The real reader; remembers what grains load, and fails on demand.</summary>
internal sealed class WatchedReader(IEventReader inner) : IEventReader
{
    private readonly ConcurrentDictionary<Guid, Exception> _failures = new();

    /// <summary>Every load: which stream, from which snapshot (0: none), and how many events.</summary>
    public ConcurrentQueue<(Guid Stream, int Snapshot, int Events)> Loads { get; } = new();

    /// <summary>Versions that readers of a stream do not get to see.</summary>
    public ConcurrentDictionary<Guid, int> Hidden { get; } = new();

    /// <summary>What readers of a stream get in place of the bytes of its snapshots from a version on.</summary>
    public ConcurrentDictionary<Guid, (int From, byte[] Bytes)> Spoiled { get; } = new();

    /// <summary>How many events of a stream were read by whomever.</summary>
    public ConcurrentDictionary<Guid, int> EventsRead { get; } = new();

    /// <summary>Streams that were searched for an event.</summary>
    public ConcurrentQueue<Guid> Searches { get; } = new();

    public int LoadsOf(Guid stream) => Loads.Count(l => l.Stream == stream);

    /// <summary>The next load of the stream fails.</summary>
    public void FailNext(Guid stream, Exception failure) => _failures[stream] = failure;

    public async Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel = default)
    {
        if (_failures.TryRemove(stream.Id, out var failure)) throw failure;
        var loaded = await inner.Load(tenant, stream, snapshotSchema, cancel);
        Loads.Enqueue((stream.Id, loaded.Snapshot?.Version.Value ?? 0, loaded.Events.Count));
        return loaded with { Snapshot = Seen(loaded.Snapshot), Events = Seen(stream, loaded.Events) };
    }

    public async Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel = default) =>
        Seen(await inner.FindSnapshot(tenant, stream, snapshotSchema, upTo, cancel));

    public async Task<IReadOnlyList<RecordedEvent>> ReadStream(
        TenantId tenant, StreamName stream, StreamVersion after, int limit, CancellationToken cancel = default) =>
        Seen(stream, await inner.ReadStream(tenant, stream, after, limit, cancel));

    public Task<StreamVersion> Version(TenantId tenant, StreamName stream, CancellationToken cancel = default) =>
        inner.Version(tenant, stream, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default) =>
        inner.ReadCompany(tenant, after, limit, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadPartition(
        int partition, GlobalPosition after, int limit, CancellationToken cancel = default) =>
        inner.ReadPartition(partition, after, limit, cancel);

    public Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel = default) =>
        inner.PartitionHeads(cancel);

    public Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default) => inner.Head(tenant, cancel);

    public Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(
        IReadOnlyCollection<TenantId> tenants, CancellationToken cancel = default) => inner.Heads(tenants, cancel);

    public Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel = default) =>
        inner.FindCommand(tenant, keyHash, cancel);

    public Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid eventId, CancellationToken cancel = default)
    {
        Searches.Enqueue(stream.Id);
        return inner.FindEvent(tenant, stream, eventId, cancel);
    }

    public Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel = default) =>
        inner.FindReservation(scope, value, cancel);

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel = default) =>
        inner.FindSecret(tenant, subject, kind, cancel);

    public Task<Guid> Epoch(CancellationToken cancel = default) => inner.Epoch(cancel);

    private Snapshot? Seen(Snapshot? snapshot) =>
        snapshot is not null && Spoiled.TryGetValue(snapshot.Stream.Id, out var spoiled) && snapshot.Version.Value >= spoiled.From
            ? snapshot with { State = spoiled.Bytes }
            : snapshot;

    private IReadOnlyList<RecordedEvent> Seen(StreamName stream, IReadOnlyList<RecordedEvent> events)
    {
        EventsRead.AddOrUpdate(stream.Id, events.Count, (_, before) => before + events.Count);
        return Hidden.TryGetValue(stream.Id, out var hidden) ? [.. events.Where(e => e.Version.Value != hidden)] : events;
    }
}
