using System.Diagnostics;
using System.Reflection;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A built program, run as a child that cannot outlive the tests.</summary>
internal static class ApiProgram
{
    public const string Api = "ApiProgram";
    public const string Silo = "SiloProgram";
    public const string NextRelease = "NextReleaseProgram";

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
        var path = PathOf(given.Program);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Wrapper, path, .. given.Arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(path)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in given.Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string PathOf(string program) =>
        Path.GetFullPath(typeof(ApiProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == program).Value!);
}

/// <summary>What a start is told, and which program is started.</summary>
internal sealed record ApiSettingsGiven(
    IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Program = ApiProgram.Api);
