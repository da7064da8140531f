using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>Snapshots of one stream between grain and store: sealed where its events tell of the person whose id it has.</summary>
/// <remarks>Where they also name others there is none: each of those persons would have to be able to make it unreadable.</remarks>
internal sealed class StreamSnapshots(AggregateServices services, TenantId tenant, StreamName stream, Type events, int schema)
{
    private readonly bool _isSealed = services.Catalog.TellsOfPersons(events);

    /// <summary>The schema under which they are stored.</summary>
    public int Schema => _isSealed ? SealedSnapshot.Schema(schema) : schema;

    /// <summary>A snapshot as it is stored; null where there must be none, as of a person who has no key any more.</summary>
    public async ValueTask<Snapshot?> Seal(Snapshot plain)
    {
        if (!_isSealed) return plain;
        if (services.Catalog.NamesPersons(events)) return null;
        return await services.PersonKeys.Value.Find(tenant, stream.Id) is { } key ? SealedSnapshot.Seal(plain, key) : null;
    }

    /// <summary>What was loaded with its snapshot in plain; one that cannot be opened holds nothing, as if it could not be read.</summary>
    public async ValueTask<LoadedStream> Open(LoadedStream loaded) =>
        _isSealed && loaded.Snapshot is { } stored ? loaded with { Snapshot = stored with { State = await StateOf(stored) } } : loaded;

    private async ValueTask<byte[]> StateOf(Snapshot stored)
    {
        if (await services.PersonKeys.Value.Find(tenant, stream.Id) is not { } key) return [];
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
