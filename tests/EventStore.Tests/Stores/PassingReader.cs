namespace Tms.EventStore.Tests.Stores;

/// <summary>Reads what another one reads; tests change some of it.</summary>
internal abstract class PassingReader(IEventReader inner) : IEventReader
{
    public virtual Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel) =>
        inner.ReadCompany(tenant, after, limit, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadStream(
        TenantId tenant, StreamName stream, StreamVersion after, int limit, CancellationToken cancel) =>
        inner.ReadStream(tenant, stream, after, limit, cancel);

    public Task<StreamVersion> Version(TenantId tenant, StreamName stream, CancellationToken cancel) =>
        inner.Version(tenant, stream, cancel);

    public Task<LoadedStream> Load(TenantId tenant, StreamName stream, int snapshotSchema, CancellationToken cancel) =>
        inner.Load(tenant, stream, snapshotSchema, cancel);

    public Task<Snapshot?> FindSnapshot(
        TenantId tenant, StreamName stream, int snapshotSchema, StreamVersion upTo, CancellationToken cancel) =>
        inner.FindSnapshot(tenant, stream, snapshotSchema, upTo, cancel);

    public Task<IReadOnlyList<RecordedEvent>> ReadPartition(int partition, GlobalPosition after, int limit, CancellationToken cancel) =>
        inner.ReadPartition(partition, after, limit, cancel);

    public Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel) => inner.PartitionHeads(cancel);

    public virtual Task<TenantHead> Head(TenantId tenant, CancellationToken cancel) => inner.Head(tenant, cancel);

    public Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(IReadOnlyCollection<TenantId> tenants, CancellationToken cancel) =>
        inner.Heads(tenants, cancel);

    public Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel) =>
        inner.FindCommand(tenant, keyHash, cancel);

    public Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid eventId, CancellationToken cancel) =>
        inner.FindEvent(tenant, stream, eventId, cancel);

    public Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel) =>
        inner.FindReservation(scope, value, cancel);

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel) =>
        inner.FindSecret(tenant, subject, kind, cancel);

    public Task<Guid> Epoch(CancellationToken cancel) => inner.Epoch(cancel);
}
