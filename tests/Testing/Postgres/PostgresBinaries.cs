using System.Diagnostics;

namespace Tms.Testing.Postgres;

/// <summary>The PostgreSQL programs of this machine, run as a user that they accept.</summary>
internal static class PostgresBinaries
{
    private const string Root = "/usr/lib/postgresql";

    /// <summary>The folder of the newest version that can make a server.</summary>
    public static string Folder { get; } = Find() ?? throw new InvalidOperationException(
        $"These tests need PostgreSQL: neither TMS_TEST_POSTGRES (a connection string to a server where databases may be made) is set, "
        + $"nor is there an initdb under {Root}. Run scripts/test, which installs it.");

    /// <summary>
    /// Starts a shell line in a folder that belongs to the server's user; root hands over to <c>postgres</c>, as the server refuses root.
    /// </summary>
    public static Process Shell(string folder, string line)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true };
        string[] command =
            Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "/bin/sh", "-c", line] : ["/bin/sh", "-c", line];
        start.FileName = command[0];
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = $"{Folder}:{start.Environment["PATH"]}";
        return Process.Start(start)!;
    }

    /// <summary>A new temporary folder that the server's user owns.</summary>
    public static async Task<string> NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("tms-postgres-").FullName;
        if (!Environment.IsPrivilegedProcess) return folder;
        using var chown = Process.Start("chown", ["postgres", folder]);
        await chown.WaitForExitAsync();
        return folder;
    }

    private static string? Find() =>
        !Directory.Exists(Root)
            ? null
            : Directory.GetDirectories(Root)
                .OrderByDescending(version => double.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));
}
