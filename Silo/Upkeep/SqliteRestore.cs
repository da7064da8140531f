using System.Globalization;
using Tms.EventStore.Hosting;
using Tms.Silo.Cluster;

namespace Tms.Silo.Upkeep;

/// <summary>Puts a backup into the data folder of an embedded run that is stopped. What was there is moved aside, not deleted.</summary>
internal static class SqliteRestore
{
    public static async Task<int> Run(UpkeepStore store, string folder, bool replace)
    {
        store.MustBeFiles();
        string[] files = [store.Options.OrleansFile, store.Options.StoreFile];
        foreach (var file in files) SqliteFile.MustBeSound(In(folder, file));
        using (DataFolder.Take(store.Options.DataPath)) PutBack(store, files, folder, replace);
        await AfterRestore.Run(store);
        return await UpkeepVerbs.Verify(store);
    }

    private static void PutBack(UpkeepStore store, string[] files, string folder, bool replace)
    {
        if (!replace && SqliteFile.HasEvents(store.Options.StoreFile))
            throw new ConfigurationFaultException(
                $"{store.Options.StoreFile} has events. With --replace they are moved aside and the backup takes their place.");
        var now = store.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var aside = Path.Combine(store.Options.DataPath, "replaced-" + now.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture));
        foreach (var file in files) SqliteFile.Save(In(folder, file), Fresh(file + ".restored"));
        foreach (var file in files)
        {
            SqliteFile.MoveAway(file, aside);
            File.Move(file + ".restored", file);
        }

        if (Directory.Exists(aside)) Console.WriteLine($"What was there is in {aside}.");
    }

    private static string In(string folder, string file) => Path.Combine(folder, Path.GetFileName(file));

    // Left over where an earlier restore was ended.
    private static string Fresh(string file)
    {
        File.Delete(file);
        return file;
    }
}
