using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Hosting;
using Tms.EventStore.Persons;
using Tms.Grains.Hosting;
using Tms.Grains.Users;

namespace Tms.Silo.Upkeep;

/// <summary>Erases in a restored database whom a list names: a backup knows persons who were erased after it was made.</summary>
internal static class ErasuresAgain
{
    public static async Task<int> Run(UpkeepStore store, string file)
    {
        var persons = ErasureList.Read(file);
        if (store.Options.Embedded) SqliteFile.MustExist(store.Options.StoreFile);
        if (persons.Count > 0) MustHaveKey(store);
        using var schema = await store.Migrate();
        using var standstill = ActivatorUtilities.CreateInstance<Standstill>(store.Services);
        var erasure = new PersonErasure(ActivatorUtilities.CreateInstance<AggregateServices>(store.Services, standstill));
        var states = new List<PersonState>();
        var traces = store.Services.GetRequiredService<IPersonTraces>();
        var blobs = store.Services.GetRequiredService<IBlobStore>();
        foreach (var (tenant, person) in persons)
        {
            states.Add(await erasure.Erase(tenant, person));
            await blobs.Forget(tenant, person);
            foreach (var stream in await traces.Streams(tenant, person)) await traces.Refold(tenant, stream);
        }

        await store.Services.GetRequiredService<IErasedData>().Overwrite();

        Console.WriteLine(
            $"{Count(states, PersonState.Erased)} persons are erased again, {Count(states, PersonState.ErasedBefore)} were erased "
                + $"already, {Count(states, PersonState.Unknown)} are not in this database.");
        return 0;
    }

    private static int Count(List<PersonState> states, PersonState state) => states.Count(s => s == state);

    // One that was made now would be in the way of the right one.
    private static void MustHaveKey(UpkeepStore store)
    {
        if (!store.HasMasterKey) throw new ConfigurationFaultException(StoreProgram.KeyIsNeeded(store.Options));
    }
}
