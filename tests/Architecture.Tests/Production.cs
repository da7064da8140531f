using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tms.Architecture.Tests;

/// <summary>The assemblies that are shipped, and their sources.</summary>
internal static class Production
{
    public static readonly string[] Names =
        ["Domain", "Grains.Abstractions", "EventStore", "Streams", "Grains", "ReadModels", "Silo", "Api"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static IEnumerable<Assembly> Assemblies => Names.Select(Assembly);

    /// <summary>Types that somebody wrote: what compilers and generators add is theirs.</summary>
    public static IEnumerable<Type> Types => Assemblies.SelectMany(TypesOf);

    public static Assembly Assembly(string name) => System.Reflection.Assembly.Load($"Tms.{name}");

    /// <summary>The other assemblies of ours that one uses in its code, without the prefix.</summary>
    public static string[] Uses(string name) =>
        [.. References(name).Where(r => r.StartsWith("Tms.", StringComparison.Ordinal)).Select(r => r["Tms.".Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>Everything that one uses in its code.</summary>
    public static IEnumerable<string> References(string name) => Assembly(name).GetReferencedAssemblies().Select(a => a.Name!);

    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(t =>
        t.Namespace?.StartsWith("Tms.", StringComparison.Ordinal) == true && !t.IsDefined(typeof(CompilerGeneratedAttribute), false)
            && !t.FullName!.Contains('<', StringComparison.Ordinal));

    /// <summary>The source files of a project, relative to its folder.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string project)
    {
        var folder = Path.Combine(Root, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file), File: file))
            .Where(f => !f.Path.StartsWith("obj", StringComparison.Ordinal) && !f.Path.StartsWith("bin", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
