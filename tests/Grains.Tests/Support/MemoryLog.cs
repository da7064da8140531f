using System.Text.Json;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Grains.Tests.Support;

/// <summary>A log in memory that can be taken away: what the delivery side needs of the store, and nothing else.</summary>
internal sealed class MemoryLog : IEventReader, IReactorEvents, IPartitionSignals
{
    private readonly Lock _lock = new();
    private readonly List<RecordedEvent> _events = [];
    private readonly Dictionary<TenantId, long> _sequences = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>While set, every read fails.</summary>
    public bool Down { get; set; }

    /// <summary>While set, nobody is woken by anything.</summary>
    public bool Deaf { get; set; }

    public Counted FailedReads { get; } = new();

    public Counted PartitionReads { get; } = new();

    /// <summary>Stretches of partitions that were looked through.</summary>
    public Counted Stretches { get; } = new();

    public void Append(TenantId tenant, params string[] types)
    {
        lock (_lock)
        {
            foreach (var type in types) _events.Add(Event(tenant, type));
        }

        Signal();
    }

    /// <summary>Where each tenant's log ends.</summary>
    public void Signal() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async ValueTask<bool> WaitBeyond(int partition, GlobalPosition known, TimeSpan timeout, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        while (!limit.IsCancellationRequested)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (!Deaf && Find(e => e.Tenant.Partition == partition && e.Position.Value > known.Value, 1).Count > 0) return true;
            await Task.WhenAny(changed, Task.Delay(Timeout.InfiniteTimeSpan, limit.Token));
        }

        return false;
    }

    public GlobalPosition Heard(int partition)
    {
        lock (_lock) return _events.LastOrDefault(e => e.Tenant.Partition == partition)?.Position ?? GlobalPosition.Start;
    }

    public void Advance(int partition, GlobalPosition head) => Signal();

    public Task<IReadOnlyList<RecordedEvent>> ReadPartition(
        int partition, GlobalPosition after, int limit, CancellationToken cancel = default)
    {
        PartitionReads.Add();
        return Read(e => e.Tenant.Partition == partition && e.Position.Value > after.Value, limit);
    }

    /// <summary>Events after which a page of a company ends, as if they were large.</summary>
    public int PageEnd { get; set; } = int.MaxValue;

    public Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default) =>
        Read(e => e.Tenant == tenant && e.Sequence.Value > after.Value, Math.Min(limit, PageEnd));

    public Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<int, GlobalPosition>>(
                _events.GroupBy(e => e.Tenant.Partition).ToDictionary(g => g.Key, g => g.Last().Position));
        }
    }

    Task<IReadOnlyList<RecordedEvent>> IReactorEvents.Read(
        TenantId tenant, IReadOnlyCollection<TypeFrom> types, int limit, CancellationToken cancel) =>
        Read(
            e => e.Tenant == tenant
                && types.Any(t => t.Type == e.Type && e.Sequence.Value > t.After.Value && e.Position.Value > t.Start.Value), limit);

    async Task<PartitionStretch> IReactorEvents.Find(
        int partition, GlobalPosition after, IReadOnlyCollection<string> types, int limit, CancellationToken cancel)
    {
        Stretches.Add();
        var passed = await Read(e => e.Tenant.Partition == partition && e.Position.Value > after.Value, limit);
        return new([.. passed.Where(e => types.Contains(e.Type)).Select(EventPlace.Of)], passed.Count == 0 ? null : passed[^1].Position);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStream(
        TenantId tenant, StreamName stream, StreamVersion after, int limit, CancellationToken cancel = default) =>
            throw new NotSupportedException();

    public Task<StreamVersion> Version(TenantId tenant, StreamName stream, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel = default) =>
            throw new NotSupportedException();

    public Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(
        IReadOnlyCollection<TenantId> tenants, CancellationToken cancel = default) => throw new NotSupportedException();

    public Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid firstEventId, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<Guid> Epoch(CancellationToken cancel = default) => throw new NotSupportedException();

    private Task<IReadOnlyList<RecordedEvent>> Read(Func<RecordedEvent, bool> which, int limit)
    {
        if (!Down) return Task.FromResult(Find(which, limit));
        FailedReads.Add();
        throw new StoreUnavailableException("The store was taken away.");
    }

    private IReadOnlyList<RecordedEvent> Find(Func<RecordedEvent, bool> which, int limit)
    {
        lock (_lock) return [.. _events.Where(which).Take(limit)];
    }

    private RecordedEvent Event(TenantId tenant, string type)
    {
        var sequence = _sequences[tenant] = _sequences.GetValueOrDefault(tenant) + 1;
        return new RecordedEvent
        {
            Position = new GlobalPosition((_events.Count * 2) + 10),
            Tenant = tenant,
            Sequence = new CompanySequence(sequence),
            Stream = new StreamName("things", tenant.Value),
            Version = new StreamVersion((int)sequence),
            Id = Guid.CreateVersion7(),
            Type = type,
            SchemaVersion = 1,
            TimeMicros = 1_700_000_000_000_000 + sequence,
            Data = JsonSerializer.SerializeToUtf8Bytes(sequence),
            Metadata = new EventMetadata("somebody", "correlation", Guid.CreateVersion7()).Encode(),
            Hash = new byte[32],
        };
    }
}
