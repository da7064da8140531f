using Tms.EventStore;

namespace Tms.Silo.Cluster;

/// <summary>The data folder of an embedded run, held by this process alone until it ends, in whatever way.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _held;

    private DataFolder(FileStream held) => _held = held;

    /// <summary>Makes the folder where it is not there, and takes it.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It cannot be written, or another process has it; the message names Tms:DataPath.
    /// </exception>
    public static DataFolder Take(string path)
    {
        try
        {
            Make(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreUnavailableException($"Tms:DataPath '{path}' cannot be made: {e.Message}", e);
        }

        return Hold(path);
    }

    /// <inheritdoc />
    public void Dispose() => _held.Dispose();

    // What is in it is a company's business: a new folder is its owner's alone.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path)) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static DataFolder Hold(string path)
    {
        try
        {
            return new(new FileStream(Path.Combine(path, "tms.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException($"Tms:DataPath '{path}' cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"Tms:DataPath '{path}' is in use by another process: SQLite serves one only. Give it another folder, or use PostgreSQL.",
                e);
        }
    }
}
