using Tms.EventStore.Hosting;
using Tms.EventStore.Upkeep;

namespace Tms.Silo.Upkeep;

/// <summary>Notes in the store how a work of the night went: silos show it, and alerts ask for it.</summary>
internal static class NightNote
{
    /// <exception cref="ConfigurationFaultException">There is no such work, or no such outcome.</exception>
    public static async Task<int> Write(UpkeepStore store, string work, string outcome)
    {
        if (!UpkeepNotes.Works.Contains(work) || outcome is not ("succeeded" or "failed"))
            throw new ConfigurationFaultException($"note {string.Join('|', UpkeepNotes.Works)} succeeded|failed");
        if (store.Options.Embedded) SqliteFile.MustExist(store.Options.StoreFile);
        var at = store.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await store.Services.GetRequiredService<UpkeepNotes>().Write(new(work, outcome == "succeeded", at), CancellationToken.None);
        return 0;
    }
}
