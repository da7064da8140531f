using Tms.EventStore.Hosting;

namespace Tms.Silo.Upkeep;

/// <summary>Copies the files of an embedded run into a new folder, whole or not at all, while it runs. Never the master key.</summary>
internal static class SqliteBackup
{
    public static Task<int> Save(UpkeepStore store, string folder)
    {
        store.MustBeFiles();
        string[] files = [store.Options.OrleansFile, store.Options.StoreFile];
        foreach (var file in files) SqliteFile.MustExist(file);
        if (Path.Exists(folder)) throw new ConfigurationFaultException($"{folder} is there already: a backup is never written over.");
        var part = folder.TrimEnd(Path.DirectorySeparatorChar) + ".part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        Directory.CreateDirectory(part);
        foreach (var file in files)
        {
            var copy = Path.Combine(part, Path.GetFileName(file));
            SqliteFile.Save(file, copy);
            SqliteFile.MustBeSound(copy);
        }

        Directory.Move(part, folder);
        Console.WriteLine($"{folder} holds tms.db and orleans.db. The master key is not in it: keep that elsewhere.");
        return Task.FromResult(0);
    }
}
