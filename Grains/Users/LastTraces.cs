using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Users;

/// <summary>Finds the streams that tell of a person who was just erased, the last of them included.</summary>
internal sealed class LastTraces(IPersonTraces traces, PersonKeys keys, EventCatalog catalog, TimeProvider time)
{
    /// <summary>The streams, once no process uses the person's key any more.</summary>
    /// <returns>
    /// At once none, if this program names nobody in events, no other release did, and only the user's own stream has the person's id: its
    /// last event says what is left.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<IReadOnlyList<StreamName>> Of(TenantId tenant, Guid person)
    {
        // What this release does not write, a newer one may have written.
        var own = new StreamName(TmsAggregates.Users.Name, person);
        if (!catalog.NamesAnybody && (await traces.Streams(tenant, person)).All(s => s == own)) return [];

        // Until then another process may still use the key, and write or remember what it opened.
        await Task.Delay(PersonKeys.Keep, time);
        keys.Forget();
        return await traces.Streams(tenant, person);
    }
}
