using Tms.EventStore.Readers;

namespace Tms.Silo.Upkeep;

/// <summary>Prints of every company's log how many events it has, its last hash, and whether the chain holds.</summary>
internal static class LogVerification
{
    public static async Task<int> Run(UpkeepStore store)
    {
        if (store.Options.Embedded) SqliteFile.MustExist(store.Options.StoreFile);
        var check = store.Services.GetRequiredService<ChainCheck>();
        var tenants = await check.Tenants(CancellationToken.None);
        var damaged = 0;
        foreach (var tenant in tenants)
        {
            var state = await check.Walk(tenant, CancellationToken.None);
            if (state.Fault is not null) damaged++;
            Console.WriteLine(
                $"{tenant}  {state.Sequence,9}  {Convert.ToHexStringLower(state.Hash)}  "
                    + $"{(state.Fault is { } fault ? $"DAMAGED at event {fault.At}: {fault.Reason}" : "ok")}");
        }

        Console.WriteLine(damaged == 0 ? $"{tenants.Count} logs, all sound." : $"{tenants.Count} logs, {damaged} DAMAGED.");
        return damaged == 0 ? 0 : 1;
    }
}
