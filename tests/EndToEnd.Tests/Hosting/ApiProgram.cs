using System.Diagnostics;
using System.Reflection;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>The built program, run as a child that cannot outlive the tests.</summary>
internal static class ApiProgram
{
    private static readonly string Path = System.IO.Path.GetFullPath(
        typeof(ApiProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ApiProgram").Value!);

    // Says the program's id first, kills it when our end of the standard input closes, and ends as the program ends.
    private const string Wrapper = """
        exec 3<&0
        "$0" "$@" </dev/null &
        child=$!
        echo "pid $child"
        (read -r end <&3; kill -KILL $child) >/dev/null 2>&1 &
        watch=$!
        exec 3<&-
        wait $child
        code=$?
        kill $watch
        exit $code
        """;

    public static Process Start(ApiSettingsGiven given)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Wrapper, Path, .. given.Arguments])
        {
            WorkingDirectory = System.IO.Path.GetDirectoryName(Path)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in given.Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>What a start is told.</summary>
internal sealed record ApiSettingsGiven(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
