using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

[GrainType("person-traces"), PlacedByTenant]
internal sealed class PersonTracesGrain(IPersonTraces traces, PersonKeys keys, EventCatalog catalog, TimeProvider time)
    : Grain, IPersonTracesGrain
{
    public async Task Forget()
    {
        if (!GrainKey.TryParse(this.GetPrimaryKeyString(), out var id, out var person))
            throw new ArgumentException($"The grain key '{this.GetPrimaryKeyString()}' is not tenant/id.");
        var tenant = new TenantId(id);
        foreach (var stream in await new LastTraces(traces, keys, catalog, time).Of(tenant, person))
        {
            await traces.Refold(tenant, stream);
            if (GrainFactory.Find(tenant, stream) is { } aggregate) await aggregate.Forget();
        }
    }
}
