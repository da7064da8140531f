using Tms.EventStore.Blobs;

namespace Tms.Silo.Upkeep;

/// <summary>What an operator asks of files: how much each company has, and whether every file is what its hash says.</summary>
internal static class BlobUpkeep
{
    /// <summary>
    /// Prints of each company with files how many and how much they are, of which share of the quota,
    /// and how many nothing may name.
    /// </summary>
    public static async Task<int> Print(UpkeepStore store)
    {
        var quota = store.Services.GetRequiredService<BlobOptions>().QuotaBytes;
        foreach (var t in await Check(store).Tenants(CancellationToken.None))
            Console.WriteLine(
                $"{t.Tenant}  {t.Files,9} files  {t.Bytes,15} bytes  {100m * t.Bytes / quota,6:0.0} % of the quota  {t.Unnamed,6} unnamed");
        return 0;
    }

    /// <summary>Reads every file anew. Without the master key those of persons are counted, not opened.</summary>
    public static async Task<int> Verify(UpkeepStore store)
    {
        var (check, files, damaged) = (Check(store), 0L, 0);
        foreach (var total in await check.Tenants(CancellationToken.None))
        {
            files += total.Files;
            if (total.Bytes != total.Counted) Say($"{total.Bytes} bytes of files are counted as {total.Counted}");
            await foreach (var fault in check.Faults(total.Tenant, store.HasMasterKey, CancellationToken.None)) Say(fault);

            void Say(string fault)
            {
                damaged++;
                Console.WriteLine($"{total.Tenant}  DAMAGED: {fault}");
            }
        }

        var unopened = store.HasMasterKey ? "" : "; without the master key those of persons were not opened";
        Console.WriteLine($"{files} files, {(damaged == 0 ? "all sound" : $"{damaged} DAMAGED")}{unopened}.");
        return damaged == 0 ? 0 : 1;
    }

    private static BlobCheck Check(UpkeepStore store)
    {
        if (store.Options.Embedded) SqliteFile.MustExist(store.Options.StoreFile);
        return store.Services.GetRequiredService<BlobCheck>();
    }
}
