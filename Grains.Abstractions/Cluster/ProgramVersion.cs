using System.Reflection;

namespace Tms.Grains.Abstractions.Cluster;

/// <summary>Which build a process runs: what tells two releases apart while both are up.</summary>
public static class ProgramVersion
{
    /// <summary>The version, and after a plus sign the commit where the build knew it.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
