using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>
/// Snapshots of one kind of stream on their way to and from the store: sealed where the events tell of the person whose id the stream has.
/// </summary>
/// <remarks>Where they also name others there is none: each of those persons would have to be able to make it unreadable.</remarks>
internal sealed class StreamSnapshots(AggregateServices services, TenantId tenant, Type events, int schema)
{
    private readonly bool _isSealed = services.Catalog.TellsOfPersons(events);

    /// <summary>Whose streams.</summary>
    public TenantId Tenant => tenant;

    /// <summary>The schema under which they are stored.</summary>
    public int Schema => _isSealed ? SealedSnapshot.Schema(schema) : schema;

    /// <summary>Whether there may be any.</summary>
    public bool MayBe { get; } = !services.Catalog.TellsOfPersons(events) || !services.Catalog.NamesPersons(events);

    /// <summary>A snapshot as it is stored; null where there must be none, as of a person who has no key any more.</summary>
    public async ValueTask<Snapshot?> Seal(Snapshot plain)
    {
        if (!_isSealed) return plain;
        if (!MayBe) return null;
        return await services.PersonKeys.Value.Find(tenant, plain.Stream.Id) is { } key ? SealedSnapshot.Seal(plain, key) : null;
    }

    /// <summary>A stored snapshot in plain; one that cannot be opened holds nothing, as if it could not be read.</summary>
    public async ValueTask<Snapshot> Open(Snapshot stored) => _isSealed ? stored with { State = await StateOf(stored) } : stored;

    private async ValueTask<byte[]> StateOf(Snapshot stored)
    {
        if (await services.PersonKeys.Value.Find(tenant, stored.Stream.Id) is not { } key) return [];
        try
        {
            return SealedSnapshot.Open(stored, key);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
