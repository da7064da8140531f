namespace Tms.Testing.Files;

/// <summary>A fresh folder that is gone, with all that is in it, when the test is.</summary>
public sealed class TempFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("tms-test-").FullName;

    /// <summary>The full path of a file in it; the file need not exist.</summary>
    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose()
    {
        if (Directory.Exists(FullName)) Directory.Delete(FullName, recursive: true);
    }
}
