using System.Diagnostics;
using System.Reflection;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>A script of scripts/, run by an operator on the database of a site.</summary>
internal static class OperatorScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly string Folder = Path.GetDirectoryName(Path.GetFullPath(
        typeof(OperatorScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ClusterScript").Value!))!;

    public static async Task<(int Code, string Output)> Run(ApiSite site, string script, params string[] arguments)
    {
        var start =
            new ProcessStartInfo(Path.Combine(Folder, script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Tms"] = site.Postgres ?? "";
        start.Environment["Tms__DataPath"] = site.DataPath;
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, string.Concat(texts));
    }

    /// <summary>What a page of docs/ says to an operator.</summary>
    public static Task<string> Page(string name) => File.ReadAllTextAsync(Path.Combine(Folder, "..", "docs", name));

    /// <summary>Backs a site up into a folder; returns what was made, beside its list of erasures and its manifest.</summary>
    public static async Task<string> Backup(ApiSite site, string folder)
    {
        var (code, output) = await Run(site, "backup", folder);
        Assert.True(code == 0, output);
        return Assert.Single(Directory.GetFileSystemEntries(folder), entry => Path.GetExtension(entry) is "" or ".dump");
    }
}
