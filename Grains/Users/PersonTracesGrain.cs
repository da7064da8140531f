using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

[GrainType("person-traces")]
internal sealed class PersonTracesGrain(IPersonTraces traces, PersonKeys keys, TimeProvider time) : Grain, IPersonTracesGrain
{
    public async Task Forget()
    {
        if (!GrainKey.TryParse(this.GetPrimaryKeyString(), out var id, out var person)) throw new ArgumentException($"The grain key '{this.GetPrimaryKeyString()}' is not tenant/id.");

        // Until then another process may still use the key, and write or remember what it opened.
        await Task.Delay(PersonKeys.Keep, time);
        keys.Forget();
        var tenant = new TenantId(id);
        foreach (var stream in await traces.Streams(tenant, person))
        {
            await traces.Refold(tenant, stream);
            if (GrainFactory.Find(tenant, stream) is { } aggregate) await aggregate.Forget();
        }
    }
}
