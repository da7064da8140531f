using Tms.EventStore;

namespace Tms.Api.Tests.Hosting;

/// <summary>A log of which a test answers what it needs; whatever else is asked fails the test.</summary>
internal abstract class PartialLog : IEventReader
{
    public abstract Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default);

    public abstract Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default);

    public virtual Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(
        IReadOnlyCollection<TenantId> tenants, CancellationToken cancel = default) => throw new NotSupportedException();

    public virtual Task<Guid> Epoch(CancellationToken cancel = default) => throw new NotSupportedException();

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

    public Task<IReadOnlyList<RecordedEvent>> ReadPartition(
        int partition, GlobalPosition after, int limit, CancellationToken cancel = default) => throw new NotSupportedException();

    public virtual Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<CommandRecord?> FindCommand(TenantId tenant, byte[] keyHash, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid firstEventId, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<Reservation?> FindReservation(string scope, string value, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind, CancellationToken cancel = default) =>
        throw new NotSupportedException();
}
